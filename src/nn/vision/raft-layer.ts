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

/** What one direction adds to x [batch, lines, length, channels]. */
function direction(weights: BlockWeights, name: string, x: tf.Tensor4D, r: number): tf.Tensor4D {
  return alongLines(norm(weights, `${name}.norm`, x), r, (rafts) =>
    dense(weights, `${name}.down`, activate(dense(weights, `${name}.up`, rafts))),
  );
}

/** Both token-mixing blocks, without the channel MLP. */
export function mixRafts(
  weights: BlockWeights,
  x: tf.Tensor3D,
  { height, width, channels }: TokenMap,
  r: number,
): tf.Tensor3D {
  const columns = turned(tf.reshape(x, [-1, height, width, channels]));
  const rows = turned(tf.add(columns, direction(weights, 'vertical', columns, r)));
  return tf.reshape(turned(tf.add(rows, direction(weights, 'horizontal', rows, r))), x.shape);
}

export const raftLayer: Layer<RaftOptions> = {
  start(random, name, { height, width, channels }, { raft: r }, ratio) {
    const weights = new Weights(random, name);
    for (const [direction, length] of [
      ['vertical', height],
      ['horizontal', width],
    ] as const) {
      weights.norm(`${direction}.norm`, channels);
      weights.linear(`${direction}.up`, r * length, EXPANSION * r * length);
      weights.linear(`${direction}.down`, EXPANSION * r * length, r * length);
    }
    weights.channelMlp(channels, ratio);
    return weights.named;
  },
  block: (weights, x, map, { raft: r }) => channelBlock(weights, mixRafts(weights, x, map, r)),
};
