/**
 * A block of MS-MLP: x + W2 GELU(W1 LN(Y) + b1) + b2, where Y adds the shifted and locally mixed groups of both
 * directions. One residual path for mixing and channel MLP, no norm before the mixing; norms, GELU and initial weights
 * as in the official PyTorch code. Its layer scale, which starts at 1e-6 there, is left out (fixed to 1): with it a
 * short training would hardly begin.
 */
import * as tf from '#lab/tf';
import type { BlockWeights, Layer } from './layer';
import { chunkSizes, type MixShiftOptions, tapReads } from './mix-shift';
import type { TokenMap } from './operator';
import { activate, dense, norm, Weights } from './parts';

const DIRECTIONS = ['horizontal', 'vertical'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** One group in one direction, along an axis of `length` tokens; `span` is the side of the largest kernel. */
interface Taps {
  direction: Direction;
  k: number;
  shift: number;
  length: number;
  span: number;
}

const made = new Map<string, Float32Array>();

/**
 * The 0/1 matrix [k², length * span * length] that turns kernels (row by row) into matrices over the shifted axis. Row
 * `tap` has a 1 at (to, across, from) where the tap reads token `from` of the line `across - (span - 1) / 2` lines on
 * for token `to`. Plain data, made once: tensors that outlive a run would be leaks, and equal data can be replayed.
 */
function spread(taps: Taps): Float32Array {
  const name = Object.values(taps).join();
  const known = made.get(name);
  if (known) return known;
  const { direction, k, shift, length, span } = taps;
  const ones = new Float32Array(k * k * length * span * length);
  for (let tap = 0; tap < k * k; tap++) {
    const [down, right] = [Math.floor(tap / k), tap % k];
    const [along, across] = direction === 'horizontal' ? [right, down] : [down, right];
    for (let to = 0; to < length; to++) {
      const from = tapReads(to, along, k, shift, length);
      if (from !== null) ones[((tap * length + to) * span + across + (span - k) / 2) * length + from] = 1;
    }
  }
  made.set(name, ones);
  return ones;
}

/** Matrices [channels, length, span * length] that shift and mix along one axis, from the kernels of all groups. */
function matrices(
  weights: BlockWeights,
  direction: Direction,
  length: number,
  { shifts, kernels }: MixShiftOptions,
): tf.Tensor3D {
  const span = Math.max(...kernels);
  const groups = kernels.map((k, g) => {
    const taps = { direction, k, shift: shifts[g] as number, length, span };
    const ones = tf.tensor2d(spread(taps), [k * k, length * span * length]);
    return tf.matMul(weights[`${direction}.${g}.kernel`] as tf.Tensor2D, ones);
  });
  return tf.reshape(tf.concat(groups, 0), [-1, length, span * length]);
}

/** x [channels, length, lines * batch] to [channels, span * length, lines * batch]: the lines around each, zeros beyond the border. */
function neighbours(x: tf.Tensor3D, span: number, batch: number): tf.Tensor3D {
  const [channels, length, rest] = x.shape;
  const margin = ((span - 1) / 2) * batch;
  const padded = tf.pad(x, [
    [0, 0],
    [0, 0],
    [margin, margin],
  ]);
  const lines = Array.from({ length: span }, (_, i) => tf.slice(padded, [0, 0, i * batch], [channels, length, rest]));
  return tf.concat(lines, 1);
}

/** One direction of x [batch, height, width, channels], without biases: shift and mix as one product of matrices. */
function shiftedAndMixed(
  weights: BlockWeights,
  direction: Direction,
  x: tf.Tensor4D,
  options: MixShiftOptions,
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [order, back, length, lines] =
    direction === 'horizontal'
      ? ([[3, 2, 1, 0], [3, 2, 1, 0], width, height] as const)
      : ([[3, 1, 2, 0], [3, 1, 2, 0], height, width] as const);
  const apart = tf.reshape<tf.Rank.R3>(tf.transpose(x, [...order]), [channels, length, lines * batch]);
  const around = neighbours(apart, Math.max(...options.kernels), batch);
  const mixed = tf.matMul(matrices(weights, direction, length, options), around);
  return tf.transpose(tf.reshape(mixed, [channels, length, lines, batch]), [...back]);
}

/** Y [batch, tokens, channels]: the sum of both directions of x, before norm and channel MLP. */
export function mixAndShift(
  weights: BlockWeights,
  x: tf.Tensor3D,
  { height, width, channels }: TokenMap,
  options: MixShiftOptions,
): tf.Tensor3D {
  const square = tf.reshape<tf.Rank.R4>(x, [-1, height, width, channels]);
  const [horizontal, vertical] = DIRECTIONS.map((direction) => {
    const bias = options.kernels.map((_, g) => weights[`${direction}.${g}.bias`] as tf.Tensor1D);
    return tf.add(shiftedAndMixed(weights, direction, square, options), tf.concat(bias, 0));
  });
  return tf.reshape(tf.add(horizontal as tf.Tensor, vertical as tf.Tensor), x.shape);
}

export const mixShiftLayer: Layer<MixShiftOptions> = {
  start(random, name, { channels }, { kernels }, ratio) {
    const weights = new Weights(random, name);
    const sizes = chunkSizes(channels, kernels.length);
    for (const direction of DIRECTIONS) {
      kernels.forEach((k, g) => {
        // PyTorch's default for convolutions: U(±1 / sqrt(fan-in)), and the fan-in of a depth-wise kernel is k².
        weights.uniform(`${direction}.${g}.kernel`, [sizes[g] as number, k * k], 1 / k);
        weights.uniform(`${direction}.${g}.bias`, [sizes[g] as number], 1 / k);
      });
    }
    weights.channelMlp(channels, ratio);
    return weights.named;
  },
  block(weights, x, map, options) {
    const mixed = norm(weights, 'channel.norm', mixAndShift(weights, x, map, options), 1e-6);
    return tf.add(x, dense(weights, 'channel.down', activate(dense(weights, 'channel.up', mixed))));
  },
};
