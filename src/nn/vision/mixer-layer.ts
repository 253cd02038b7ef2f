/**
 * X + W2 GELU(W1 LN(X) + b1) + b2 along the tokens, then the channel MLP: a block of MLP-Mixer (Tolstikhin et al. 2021),
 * with LeCun's initial token weights and the norms and GELU of its JAX code.
 */
import * as tf from '#lab/tf';
import type { BlockWeights, Layer } from './layer';
import { hiddenOf, type MixerOptions } from './mixer';
import { tokensOf } from './operator';
import { activate, channelBlock, dense, norm, Weights } from './parts';

/** x + W2 GELU(W1 LN(x) + b1) + b2 over the tokens of x [batch, tokens, channels]. */
function mixTokens(weights: BlockWeights, x: tf.Tensor3D): tf.Tensor3D {
  const across = tf.transpose(norm(weights, 'norm', x, 1e-6), [0, 2, 1]);
  const mixed = dense(weights, 'down', activate(dense(weights, 'up', across), 'tanh'));
  return tf.add(x, tf.transpose(mixed, [0, 2, 1]));
}

export const mixerLayer: Layer<MixerOptions> = {
  start(random, name, map, options, ratio) {
    const weights = new Weights(random, name);
    const tokens = tokensOf(map);
    weights.norm('norm', map.channels);
    weights.lecun('up', tokens, hiddenOf(tokens, options));
    weights.lecun('down', hiddenOf(tokens, options), tokens);
    weights.channelMlp(map.channels, ratio);
    return weights.named;
  },
  block: (weights, x) => channelBlock(weights, mixTokens(weights, x)),
  tokens: mixTokens,
};
