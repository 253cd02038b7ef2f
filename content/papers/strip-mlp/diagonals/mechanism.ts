/** A row layer and a column layer learn a sum of neighbours, with single lines and with strips of three. */
import { defineMechanism } from '#lab/experiment';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import { Weights } from '#nn/vision/parts';
import { columnStrip, rowStrip } from '#nn/vision/strip-layer';
import type { params } from './params';
import { missedByLines, SIDES, TARGETS, type TargetName, targetMatrix } from './targets';

export const STRIPS = [1, 3] as const;

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: { target, side, learningRate }, random }) {
    const matrix = targetMatrix(target as TargetName, side);
    const tokens = side * side;
    const layers = STRIPS.map((strip) => {
      const weights = new Weights(random, `strip${strip}`);
      const bound = 1 / Math.sqrt(strip * side);
      for (const direction of ['rows', 'columns']) {
        weights.uniform(`${direction}.matrices`, [1, strip * side, side], bound);
        // Not trained: the target is linear, and the error below that of the matrix alone.
        weights.constant(`${direction}.bias`, [1, side], 0);
      }
      return weights.named;
    });
    return {
      side,
      matrix,
      layers,
      least: missedByLines(matrix, side),
      floors: (Object.keys(TARGETS) as TargetName[]).map((name) => ({
        name,
        missed: SIDES.map((size) => Math.max(0, missedByLines(targetMatrix(name, size), size))),
      })),
      // All pictures of one bright token: their answers are the columns of the layers' matrix.
      inputs: tf.tidy(() => tf.expandDims(tf.eye(tokens), 2) as tf.Tensor3D),
      answers: tf.tidy(() => tf.expandDims(tf.transpose(tf.tensor2d(matrix)), 2) as tf.Tensor3D),
      power: matrix.flat().reduce((sum, x) => sum + x ** 2, 0),
      optimizer: tf.train.adam(learningRate),
      step: [] as number[],
      errors: STRIPS.map(() => [] as number[]),
    };
  },
  // #region step
  step({ side, layers, inputs, answers, power, optimizer }) {
    optimizer.minimize(
      () =>
        layers
          .map((weights) => tf.div(tf.sum(tf.squaredDifference(cascade(weights, inputs, side), answers)), power))
          .reduce((sum, loss) => tf.add(sum, loss)) as tf.Scalar,
      false,
      layers.flatMap((weights) => [weights['rows.matrices'], weights['columns.matrices']] as tf.Variable[]),
    );
  },
  // #endregion
  async measure({ side, layers, inputs, answers, power, step: steps, errors }, { step }) {
    const now = tf.tidy(() =>
      tf.stack(
        layers.map((weights) => tf.div(tf.sum(tf.squaredDifference(cascade(weights, inputs, side), answers)), power)),
      ),
    );
    const values = await now.data();
    now.dispose();
    steps.push(step);
    errors.forEach((list, i) => {
      list.push(values[i] as number);
    });
  },
  async frame({ side, matrix, layers, least, floors, inputs, step, errors }, { params: { target } }) {
    const middle = Math.floor((side - 1) / 2) * (side + 1);
    const read = await Promise.all(
      layers.map(async (weights) => {
        const line = tf.tidy(() => tf.slice(cascade(weights, inputs, side), [0, middle, 0], [-1, 1, 1]));
        const values = await line.data();
        line.dispose();
        return Array.from(values, (x) => Number(x.toFixed(4)));
      }),
    );
    return {
      side,
      /** The output whose inputs `target` and `read` show. */
      middle: { row: Math.floor(middle / side), column: middle % side },
      target: [...(matrix[middle] as number[])],
      /** Per strip of {@link STRIPS}: how much of each input the middle output takes. */
      read,
      least,
      chosen: target as TargetName,
      /** What single lines must miss, by target, on the maps of {@link SIDES}. */
      floors: structuredClone(floors),
      step: [...step],
      errors: errors.map((list) => [...list]),
    };
  },
  weights: ({ layers }) =>
    Object.fromEntries(
      layers.flatMap((weights, i) =>
        Object.entries(weights).map(([name, variable]) => [`K=${STRIPS[i]} ${name}`, variable]),
      ),
    ),
});

/** Rows, then columns, of pictures with one channel. */
function cascade(weights: BlockWeights, x: tf.Tensor3D, side: number): tf.Tensor3D {
  const map = { height: side, width: side, channels: 2 };
  return columnStrip(weights, rowStrip(weights, x, map, 1), map, 1);
}

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
