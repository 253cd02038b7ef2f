/**
 * A network as teaching sites write it in plain JavaScript: arrays of numbers, one sample after the other, every weight
 * a turn of a loop.
 */
import { type Block, layersOf } from '../problem';
import { adam } from '../workloads';
import type { Start } from './contender';

interface Layer {
  /** [outputs][inputs] and [outputs] */
  weights: number[][];
  biases: number[];
  gradient: { weights: number[][]; biases: number[] };
}

/** Adam's running means for a row of numbers. */
interface Means {
  first: number[];
  second: number[];
}

const zeros = (length: number) => new Array<number>(length).fill(0);

function layerOf({ W, b }: { W: Block; b: Block }): Layer {
  const [inputs, outputs] = W.shape as [number, number];
  const weights = Array.from({ length: outputs }, (_, j) =>
    Array.from({ length: inputs }, (_, i) => W.values[i * outputs + j] as number),
  );
  return {
    weights,
    biases: Array.from(b.values),
    gradient: { weights: weights.map((row) => zeros(row.length)), biases: zeros(outputs) },
  };
}

/** The values of every layer, the sample's inputs first. */
function forward(layers: readonly Layer[], sample: readonly number[]): number[][] {
  const values: number[][] = [[...sample]];
  layers.forEach(({ weights, biases }, k) => {
    const inputs = values[k] as number[];
    values.push(
      weights.map((row, j) => {
        let z = biases[j] as number;
        for (let i = 0; i < row.length; i++) z += (row[i] as number) * (inputs[i] as number);
        return k < layers.length - 1 ? Math.max(z, 0) : z;
      }),
    );
  });
  return values;
}

/** Adds the gradient of one sample; `errors` is the loss's slope in the outputs. */
function backward(layers: readonly Layer[], values: readonly number[][], errors: number[]): void {
  for (let k = layers.length - 1; k >= 0; k--) {
    const { weights, gradient } = layers[k] as Layer;
    const inputs = values[k] as number[];
    const below = zeros(inputs.length);
    for (let j = 0; j < errors.length; j++) {
      const error = errors[j] as number;
      const [row, sums] = [weights[j] as number[], gradient.weights[j] as number[]];
      gradient.biases[j] = (gradient.biases[j] as number) + error;
      for (let i = 0; i < row.length; i++) {
        sums[i] = (sums[i] as number) + error * (inputs[i] as number);
        below[i] = (below[i] as number) + error * (row[i] as number);
      }
    }
    errors = below.map((error, i) => ((inputs[i] as number) > 0 ? error : 0));
  }
}

/** One Adam step of a row of numbers, which also clears its gradient. */
function update(row: number[], gradient: number[], { first, second }: Means, steps: number): void {
  const { rate, beta1, beta2, epsilon } = adam;
  const [unbias1, unbias2] = [1 - beta1 ** steps, 1 - beta2 ** steps];
  for (let i = 0; i < row.length; i++) {
    const g = gradient[i] as number;
    gradient[i] = 0;
    first[i] = beta1 * (first[i] as number) + (1 - beta1) * g;
    second[i] = beta2 * (second[i] as number) + (1 - beta2) * g * g;
    const mean = (first[i] as number) / unbias1;
    const deviation = Math.sqrt((second[i] as number) / unbias2);
    row[i] = (row[i] as number) - (rate * mean) / (deviation + epsilon);
  }
}

/** A block as rows of its last axis. */
const rowsOf = ({ values, shape: [rows = 0, columns = 0] }: Block) =>
  Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));

export const start: Start = async (task, problem) => {
  if (task.kind !== 'mlp') throw new Error('Plain loops are written for networks of dense layers only.');
  const layers = layersOf(problem.weights).map(layerOf);
  const [x, y] = [rowsOf(problem.inputs.x as Block), rowsOf(problem.inputs.y as Block)];
  const numbers = y.length * (y[0] as number[]).length;
  const rows = layers.flatMap(({ weights, biases, gradient }) => [
    ...weights.map((row, j) => ({ row, gradient: gradient.weights[j] as number[] })),
    { row: biases, gradient: gradient.biases },
  ]);
  const means = rows.map(({ row }): Means => ({ first: zeros(row.length), second: zeros(row.length) }));
  let steps = 0;
  return {
    step() {
      x.forEach((sample, s) => {
        const values = forward(layers, sample);
        const outputs = values.at(-1) as number[];
        const errors = outputs.map((output, j) => (2 * (output - (y[s]?.[j] as number))) / numbers);
        backward(layers, values, errors);
      });
      steps++;
      rows.forEach(({ row, gradient }, r) => {
        update(row, gradient, means[r] as Means, steps);
      });
    },
    loss() {
      let sum = 0;
      x.forEach((sample, s) => {
        const outputs = forward(layers, sample).at(-1) as number[];
        for (const [j, output] of outputs.entries()) sum += (output - (y[s]?.[j] as number)) ** 2;
      });
      return sum / numbers;
    },
  };
};
