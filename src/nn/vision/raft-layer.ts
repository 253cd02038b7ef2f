/**
 * RaftMLP's block: v + W2 GELU(W1 v + b1) + b2 for the vectors v that one raft cuts out of LN(X) along each column, the
 * same along each row, then the channel MLP. Norms, GELU and initial weights as in the official PyTorch code.
 */
import * as tf from '#lab/tf';
import type { BlockWeights, Layer } from './layer';
import type { TokenMap } from './operator';
import { activate, channelBlock, dense, norm, Weights } from './parts';
import { EXPANSION, type RaftOptions } from './raft';

/**
 * [batch, lines, length, channels] to rafts [batch * lines * channels / r, r * length] and back. Entry `rho * length + i`
 * of the raft `k` is channel `rho * channels / r + k` at place `i` of the line.
 */
function alongLines(x: tf.Tensor4D, r: number, mix: (rafts: tf.Tensor2D) => tf.Tensor2D): tf.Tensor4D {
  const [batch, lines, length, channels] = x.shape;
  const rafts = channels / r;
  const apart = tf.transpose(tf.reshape(x, [batch * lines, length, r, rafts]), [0, 3, 2, 1]);
  const mixed = tf.reshape(mix(tf.reshape(apart, [-1, r * length])), [batch * lines, rafts, r, length]);
  return tf.reshape(tf.transpose(mixed, [0, 3, 2, 1]), x.shape);
}

const turned = (x: tf.Tensor4D): tf.Tensor4D => tf.transpose(x, [0, 2, 1, 3]);

export type Half = 'vertical' | 'horizontal';

export interface HalfOptions extends RaftOptions {
  /** Whether LN stands before the mixing, as in the paper. Without it a token's channels meet in rafts only. */
  normed?: boolean;
}

/** X plus what one of the two token-mixing blocks adds to it; x [batch, tokens, channels] to the same shape. */
export function mixHalf(
  weights: BlockWeights,
  half: Half,
  x: tf.Tensor3D,
  { height, width, channels }: TokenMap,
  { raft: r, normed = true }: HalfOptions,
): tf.Tensor3D {
  const map: tf.Tensor4D = tf.reshape(x, [-1, height, width, channels]);
  const lines = half === 'vertical' ? turned(map) : map;
  const added = alongLines(normed ? norm(weights, `${half}.norm`, lines) : lines, r, (rafts) =>
    dense(weights, `${half}.down`, activate(dense(weights, `${half}.up`, rafts))),
  );
  const mixed = tf.add(lines, added) as tf.Tensor4D;
  return tf.reshape(half === 'vertical' ? turned(mixed) : mixed, x.shape);
}

/** Both token-mixing blocks, without the channel MLP: along the columns first. */
export const mixRafts = (weights: BlockWeights, x: tf.Tensor3D, map: TokenMap, options: HalfOptions): tf.Tensor3D =>
  mixHalf(weights, 'horizontal', mixHalf(weights, 'vertical', x, map, options), map, options);

export const raftLayer: Layer<RaftOptions> = {
  start(random, name, { height, width, channels }, { raft: r }, ratio) {
    const weights = new Weights(random, name);
    for (const [half, length] of [
      ['vertical', height],
      ['horizontal', width],
    ] as const) {
      weights.norm(`${half}.norm`, channels);
      weights.linear(`${half}.up`, r * length, EXPANSION * r * length);
      weights.linear(`${half}.down`, EXPANSION * r * length, r * length);
    }
    weights.channelMlp(channels, ratio);
    return weights.named;
  },
  block: (weights, x, map, options) => channelBlock(weights, mixRafts(weights, x, map, options)),
  tokens: mixRafts,
};
