/** A raft without GELU, norms and residual paths learns a given linear map on pictures, by gradient descent. */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Random } from '#lab/random';
import { RunStopped } from '#lab/stopped';
import * as tf from '#lab/tf';
import { bestErrors, kroneckerSpectrum, shift, stencil, transpose } from '../kronecker';
import { type params, SIDE, STEPS } from './params';

const TOKENS = SIDE ** 2;

function targetOf({ target, stencil: weights }: Values<typeof params>, random: Random): number[][] {
  switch (target) {
    case 'shift':
      return shift(SIDE, 2, 1);
    case 'box':
      return stencil(SIDE, new Array(9).fill(1 / 9));
    case 'stencil':
      return stencil(SIDE, weights);
    case 'transpose':
      return transpose(SIDE);
    case 'random': {
      const entries = Array.from(random('target').normal(TOKENS ** 2, 0, 1));
      return Array.from({ length: TOKENS }, (_, t) => entries.slice(t * TOKENS, (t + 1) * TOKENS));
    }
  }
}

/** Blocks that one input and one output channel of a raft meet: [side, r * side] and [r * side, side]. */
interface LinearRaft {
  vertical: tf.Variable<tf.Rank.R2>;
  horizontal: tf.Variable<tf.Rank.R2>;
}

// #region raft
/**
 * Pictures [batch, height, width]. Each column of the one channel
 * that is not empty goes to a column in each of r channels; then the
 * rows of all r channels, laid end to end, go to one row.
 */
export function linearRaft({ vertical, horizontal }: LinearRaft, x: tf.Tensor3D): tf.Tensor3D {
  const [batch, height, width] = x.shape;
  const r = vertical.shape[1] / height;
  const columns = tf.reshape(tf.transpose(x, [0, 2, 1]), [-1, height]);
  const channels = tf.reshape(tf.matMul(columns, vertical), [batch, width, r, height]);
  const rows = tf.reshape(tf.transpose(channels, [0, 3, 2, 1]), [-1, r * width]);
  return tf.reshape(tf.matMul(rows, horizontal), [batch, height, width]);
}
// #endregion

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    const target = targetOf(p, random);
    // A sum of r products of entries: its size should not depend on r.
    const deviation = 0.5 / p.raft ** 0.25;
    const start = (name: string) => random(name).normal(p.raft * TOKENS, 0, deviation);
    const raft: LinearRaft = tf.tidy(() => ({
      vertical: tf.variable(tf.tensor2d(start('vertical'), [SIDE, p.raft * SIDE])),
      horizontal: tf.variable(tf.tensor2d(start('horizontal'), [p.raft * SIDE, SIDE])),
    }));
    const spectrum = kroneckerSpectrum(target, SIDE);
    return {
      raft,
      // Every picture with one white pixel: what comes out of all of them is the matrix, transposed.
      pictures: tf.tidy(() => tf.reshape(tf.eye(TOKENS), [TOKENS, SIDE, SIDE]) as tf.Tensor3D),
      wanted: tf.tidy(() => tf.reshape(tf.transpose(tf.tensor2d(target)), [TOKENS, SIDE, SIDE]) as tf.Tensor3D),
      optimizer: tf.train.adam(p.rate),
      size: Math.sqrt(target.flat().reduce((sum, x) => sum + x * x, 0)),
      target,
      spectrum,
      best: bestErrors(spectrum),
      history: { step: [] as number[], error: [] as number[] },
    };
  },
  step({ raft, pictures, wanted, optimizer }) {
    optimizer.minimize(() => tf.sum(tf.squaredDifference(linearRaft(raft, pictures), wanted)) as tf.Scalar, false, [
      raft.vertical,
      raft.horizontal,
    ]);
  },
  async measure({ raft, pictures, wanted, size, optimizer, history }, { params: { rate }, step }) {
    const squares = tf.tidy(() => tf.sum(tf.squaredDifference(linearRaft(raft, pictures), wanted)));
    const [sum] = await squares.data();
    squares.dispose();
    if (!Number.isFinite(sum))
      throw new RunStopped('the error is no longer a number', 'Choose a smaller learning rate.');
    history.step.push(step);
    // An all-zero target has no size to compare with; its error counts as 0.
    history.error.push(size === 0 ? 0 : Math.sqrt(sum as number) / size);
    Object.assign(optimizer, { learningRate: rate * 0.5 * (1 + Math.cos((Math.PI * Math.min(step, STEPS)) / STEPS)) });
  },
  async frame({ raft, pictures, target, spectrum, best, history }, { params: p }) {
    const matrix = tf.tidy(() => tf.transpose(tf.reshape(linearRaft(raft, pictures), [TOKENS, TOKENS])));
    const fitted = (await matrix.array()) as number[][];
    matrix.dispose();
    return {
      raft: p.raft,
      target,
      fitted,
      /** Relative error of the best sum of r Kronecker products at entry r - 1, and how many make the target exactly. */
      best: [...best],
      rank: spectrum.filter((s) => s > 0).length,
      step: [...history.step],
      error: [...history.error],
    };
  },
  weights: ({ raft }) => ({ ...raft }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
