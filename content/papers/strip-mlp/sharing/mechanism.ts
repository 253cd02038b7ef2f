/** Four row layers, one for each way to share, learn to shift every channel by its own amount. */
import { defineMechanism } from '#lab/experiment';
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import { Weights } from '#nn/vision/parts';
import { rowStrip } from '#nn/vision/strip-layer';
import { CHANNELS, LENGTH, leastError, meanShift, partners, SHARED, wholeShifts } from './law';
import type { params } from './params';

/** Lines to learn from, and as many again that are only tested on. */
const LINES = 512;
const TEST = 2000;

/** One line of tokens: the row layer needs no second one. */
const MAP = { height: 1, width: LENGTH, channels: 2 * CHANNELS };

interface Data {
  /** [lines, LENGTH, CHANNELS] */
  x: tf.Tensor3D;
  /** The same, each channel shifted by its own amount. */
  y: tf.Tensor3D;
}

function draw(random: Random, name: string, lines: number, shifts: readonly number[]): Data {
  const x = random(name).normal(lines * LENGTH * CHANNELS, 0, 1);
  const y = new Float32Array(x.length);
  for (let at = 0; at < x.length; at++) {
    const [line, token, c] = [Math.floor(at / (LENGTH * CHANNELS)), Math.floor(at / CHANNELS) % LENGTH, at % CHANNELS];
    y[(line * LENGTH + ((token + (shifts[c] as number)) % LENGTH)) * CHANNELS + c] = x[at] as number;
  }
  const shape = [lines, LENGTH, CHANNELS] as [number, number, number];
  return tf.tidy(() => ({ x: tf.tensor3d(x, shape), y: tf.tensor3d(y, shape) }));
}

const missed = (weights: BlockWeights, { x, y }: Data, shared: number): tf.Tensor =>
  tf.squaredDifference(rowStrip(weights, x, MAP, shared), y);

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    const shifts = wholeShifts(p.shifts);
    const layers = SHARED.map((shared) => {
      const weights = new Weights(random, `shared${shared}`);
      const bound = 1 / Math.sqrt(LENGTH);
      weights.uniform('rows.matrices', [CHANNELS / shared, LENGTH, LENGTH], bound);
      weights.uniform('rows.bias', [CHANNELS / shared, LENGTH], bound);
      return { shared, weights: weights.named };
    });
    return {
      shifts,
      layers,
      learn: draw(random, 'learn', LINES, shifts),
      test: draw(random, 'test', TEST, shifts),
      optimizer: tf.train.sgd(p.learningRate),
      step: [] as number[],
      errors: SHARED.map(() => [] as number[]),
    };
  },
  // #region step
  step({ layers, learn, optimizer }) {
    optimizer.minimize(
      () =>
        layers
          // Per line and channel of a matrix, so that all four see the same curvature.
          .map(({ shared, weights }) => tf.div(tf.sum(missed(weights, learn, shared)), 2 * LINES * shared))
          .reduce((sum, loss) => tf.add(sum, loss)) as tf.Scalar,
      false,
      layers.flatMap(({ weights }) => Object.values(weights)),
    );
  },
  // #endregion
  async measure({ layers, test, step: steps, errors }, { step }) {
    const now = tf.tidy(() => tf.stack(layers.map(({ shared, weights }) => tf.mean(missed(weights, test, shared)))));
    const values = await now.data();
    now.dispose();
    steps.push(step);
    errors.forEach((list, i) => {
      list.push(values[i] as number);
    });
  },
  async frame({ layers, shifts, step, errors }, { params: p }) {
    const shared = Number(p.shared);
    const shown = layers.find((layer) => layer.shared === shared) as (typeof layers)[number];
    const matrices = await (shown.weights['rows.matrices'] as tf.Variable).data();
    return {
      shared,
      shifts: [...shifts],
      channels: partners(0, shared),
      step: [...step],
      errors: SHARED.map((n, i) => ({
        shared: n,
        error: [...(errors[i] as number[])],
        least: leastError(shifts, n),
        /** With all shifts different. */
        law: 1 - 1 / n,
      })),
      /** [from][to] of the matrix of channel 1. */
      learned: Array.from({ length: LENGTH }, (_, from) =>
        Array.from(matrices.slice(from * LENGTH, (from + 1) * LENGTH)),
      ),
      best: meanShift(shifts, partners(0, shared)),
    };
  },
  weights: ({ layers }) =>
    Object.fromEntries(
      layers.flatMap(({ shared, weights }) =>
        Object.entries(weights).map(([name, variable]) => [`C1=${shared} ${name}`, variable]),
      ),
    ),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
