/** MLP-Mixer in jax-js. */
import { nn, numpy as np } from '@jax-js/jax';
import type { Mixer } from '../workloads';
import { type Loss, take } from './jax-arrays';

const EPSILON = 1e-5;

/** The mean cross-entropy of the labels. */
export const mixerLoss =
  ({ batch, tokens, channels, layers, classes }: Mixer): Loss =>
  (weights, inputs) => {
    const linear = (name: string, x: np.Array) => np.matmul(x, take(weights, name)).add(take(weights, `${name}.bias`));
    const norm = (name: string, x: np.Array) =>
      nn
        .standardize(x, -1, { epsilon: EPSILON })
        .mul(take(weights, `${name}.gain`))
        .add(take(weights, `${name}.bias`));
    const mlp = (name: string, x: np.Array) => linear(`${name}.down`, nn.gelu(linear(`${name}.up`, x)));
    const turned = (x: np.Array, from: number, to: number) =>
      np.transpose(x.reshape([batch, from, to]), [0, 2, 1]).reshape([batch * to, from]);

    let h = linear('embed', take(inputs, 'patches'));
    for (let l = 0; l < layers; l++) {
      const across = turned(norm(`block${l}.tokens.norm`, h.ref), tokens, channels);
      h = h.add(turned(mlp(`block${l}.tokens`, across), channels, tokens));
      h = h.ref.add(mlp(`block${l}.channels`, norm(`block${l}.channels.norm`, h)));
    }
    const logits = linear('head', np.mean(norm('norm', h).reshape([batch, tokens, channels]), 1));
    const right = nn.oneHot(take(inputs, 'labels'), classes);
    return np.mean(np.sum(nn.logSoftmax(logits, 1).mul(right), 1)).neg();
  };
