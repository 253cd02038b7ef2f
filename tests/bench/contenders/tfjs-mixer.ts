/** MLP-Mixer in plain tfjs operations; `src/nn/vision` writes its gradients by hand. */
import * as tf from '#lab/tf';
import type { Mixer } from '../workloads';
import { gelu, layerNorm } from './tfjs-transformer';

type Matrix = tf.Tensor2D;

/** Logits [batch, classes] of patches [batch * tokens, patch]. */
export function mixerLogits(task: Mixer, weights: Record<string, tf.Tensor>, patches: Matrix): Matrix {
  const { batch, tokens, channels, layers } = task;
  const get = <W extends tf.Tensor>(name: string) => weights[name] as W;
  const linear = (name: string, x: Matrix): Matrix => tf.add(tf.matMul(x, get<Matrix>(name)), get(`${name}.bias`));
  const norm = (name: string, x: Matrix) => layerNorm(x, get(`${name}.gain`), get(`${name}.bias`));
  const mlp = (name: string, x: Matrix) => linear(`${name}.down`, gelu(linear(`${name}.up`, x)));
  /** Rows of channels to rows of tokens, or back. */
  const turned = (x: Matrix, from: number, to: number): Matrix =>
    tf.reshape(tf.transpose(tf.reshape(x, [batch, from, to]), [0, 2, 1]), [batch * to, from]);

  let h = linear('embed', patches);
  for (let l = 0; l < layers; l++) {
    const across = turned(norm(`block${l}.tokens.norm`, h), tokens, channels);
    h = tf.add(h, turned(mlp(`block${l}.tokens`, across), channels, tokens));
    h = tf.add(h, mlp(`block${l}.channels`, norm(`block${l}.channels.norm`, h)));
  }
  return linear('head', tf.mean(tf.reshape(norm('norm', h), [batch, tokens, channels]), 1));
}
