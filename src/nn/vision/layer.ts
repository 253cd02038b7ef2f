/** What every token mixer of vision networks has in common when it computes. */
import type { Random } from '#lab/random';
import type * as tf from '#lab/tf';
import type { TokenMap } from './operator';

/** Named weights of one block. Those of its channel MLP, which all blocks have alike, start with `channel.`. */
export type BlockWeights = Readonly<Record<string, tf.Variable>>;

/** One whole block: the token part, then an MLP over the channels of each token, norms and residual paths included. */
export interface Layer<Options> {
  /** Weights drawn from the streams `<name>.<weight>`; the channel MLP has `ratio * channels` hidden units. */
  start(random: Random, name: string, map: TokenMap, options: Options, ratio: number): BlockWeights;
  /** [batch, tokens, channels] to the same shape. */
  block(weights: BlockWeights, x: tf.Tensor3D, map: TokenMap, options: Options): tf.Tensor3D;
  /** The token part with its residual paths, of those whose weights are tied to one map but that may be resized around. */
  tokens?(weights: BlockWeights, x: tf.Tensor3D, map: TokenMap, options: Options): tf.Tensor3D;
}
