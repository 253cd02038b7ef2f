/** Initial weights and the batch of a workload, drawn from one seed: the same numbers for every contender. */
import { type Random, randomFrom } from '#lab/random';
import { layout } from '../../content/papers/bigram-subnetworks/layout';
import type { LanguageModel, LinearAttention, Mixer, Mlp, Task } from './workloads';

export interface Block {
  shape: number[];
  /** Row-major. */
  values: Float32Array | Int32Array;
}

export interface Problem {
  /** Trained, by name, in the order of the layers. */
  weights: Record<string, Block>;
  /** `x` and `y` of a network; `tokens`, `queries` and `targets` of linear attention; `tokens` and `next` of a language model; `patches` and `labels` of a Mixer. */
  inputs: Record<string, Block>;
}

const SEED = 1;
/** Standard deviation of the frequencies of the Fourier features, in periods over the image. */
const BANDWIDTH = 4;

const block = (shape: number[], values: Block['values']): Block => ({ shape, values });
const sizeOf = (shape: number[]) => shape.reduce((a, b) => a * b, 1);
const normal = (random: Random, name: string, shape: number[], deviation = 1) =>
  block(shape, random(name).normal(sizeOf(shape), 0, deviation));

/** sin and cos of random frequencies at every pixel, and a picture of three waves to learn from them. */
function picture(random: Random, side: number, features: number): Problem['inputs'] {
  const half = features / 2;
  const frequencies = random('frequencies').normal(features, 0, BANDWIDTH);
  const x = new Float32Array(side * side * features);
  const y = new Float32Array(side * side * 3);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const [u, v] = [(pixel % side) / side, Math.floor(pixel / side) / side];
    for (let k = 0; k < half; k++) {
      const phase = 2 * Math.PI * (u * (frequencies[k] as number) + v * (frequencies[half + k] as number));
      x[pixel * features + k] = Math.sin(phase);
      x[pixel * features + half + k] = Math.cos(phase);
    }
    for (let c = 0; c < 3; c++) y[pixel * 3 + c] = 0.5 + 0.5 * Math.sin(2 * Math.PI * ((c + 1) * u + (3 - c) * v));
  }
  return { x: block([side * side, features], x), y: block([side * side, 3], y) };
}

function mlp({ sizes, batch, image }: Mlp, random: Random): Problem {
  const weights: Problem['weights'] = {};
  sizes.slice(1).forEach((outputs, k) => {
    const inputs = sizes[k] as number;
    weights[`W${k}`] = normal(random, `W${k}`, [inputs, outputs], Math.sqrt(2 / inputs));
    weights[`b${k}`] = normal(random, `b${k}`, [outputs], 0.1);
  });
  const [first, last] = [sizes[0] as number, sizes.at(-1) as number];
  if (image) return { weights, inputs: picture(random, image, first) };
  return { weights, inputs: { x: normal(random, 'x', [batch, first]), y: normal(random, 'y', [batch, last]) } };
}

function linearAttention({ d, n, batch }: LinearAttention, random: Random): Problem {
  const side = d + 1;
  const matrix = (name: string) => normal(random, name, [side, side], 1 / Math.sqrt(side));
  return {
    weights: {
      key: matrix('key'),
      query: matrix('query'),
      value: matrix('value'),
      readOut: normal(random, 'readOut', [side, 1], 1 / Math.sqrt(side)),
    },
    inputs: {
      tokens: normal(random, 'tokens', [batch, n, side]),
      queries: normal(random, 'queries', [batch, side]),
      targets: normal(random, 'targets', [batch]),
    },
  };
}

function languageModel({ batch, ...shape }: LanguageModel, random: Random): Problem {
  const weights = layout(shape).map(({ name, shape, size, start }) => {
    if ('deviation' in start) return [name, normal(random, name, shape, start.deviation)];
    return [name, block(shape, new Float32Array(size).fill(start.constant))];
  });
  const drawn = (name: string) => {
    const stream = random(name);
    const tokens = Int32Array.from({ length: batch * shape.context }, () => stream.index(shape.vocabulary));
    return block([batch, shape.context], tokens);
  };
  return { weights: Object.fromEntries(weights), inputs: { tokens: drawn('tokens'), next: drawn('next') } };
}

function mixer({ tokens, patch, channels, layers, expansion, classes, batch }: Mixer, random: Random): Problem {
  const weights: Problem['weights'] = {};
  const linear = (name: string, inputs: number, outputs: number) => {
    weights[name] = normal(random, name, [inputs, outputs], 1 / Math.sqrt(inputs));
    weights[`${name}.bias`] = normal(random, `${name}.bias`, [outputs], 0.1);
  };
  const norm = (name: string) => {
    weights[`${name}.gain`] = block([channels], new Float32Array(channels).fill(1));
    weights[`${name}.bias`] = block([channels], new Float32Array(channels));
  };
  linear('embed', patch, channels);
  for (let l = 0; l < layers; l++) {
    for (const [part, width] of [
      ['tokens', tokens],
      ['channels', channels],
    ] as const) {
      norm(`block${l}.${part}.norm`);
      linear(`block${l}.${part}.up`, width, expansion * width);
      linear(`block${l}.${part}.down`, expansion * width, width);
    }
  }
  norm('norm');
  linear('head', channels, classes);
  const labels = random('labels');
  return {
    weights,
    inputs: {
      patches: normal(random, 'patches', [batch * tokens, patch]),
      labels: block(
        [batch],
        Int32Array.from({ length: batch }, () => labels.index(classes)),
      ),
    },
  };
}

export function problemOf(task: Task): Problem {
  const random = randomFrom(SEED);
  if (task.kind === 'mlp') return mlp(task, random);
  if (task.kind === 'mixer') return mixer(task, random);
  return task.kind === 'linear-attention' ? linearAttention(task, random) : languageModel(task, random);
}

/** Layers of a network from its weights by name: W0, b0, W1, b1 and so on. */
export const layersOf = <T>(weights: Record<string, T>): { W: T; b: T }[] =>
  Array.from({ length: Object.keys(weights).length / 2 }, (_, k) => ({
    W: weights[`W${k}`] as T,
    b: weights[`b${k}`] as T,
  }));
