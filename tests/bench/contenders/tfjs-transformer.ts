/** The language model in plain tfjs operations; `content/papers/bigram-subnetworks` writes its gradients by hand. */
import * as tf from '#lab/tf';
import type { LanguageModel } from '../workloads';

type Matrix = tf.Tensor2D;
type Weights = Record<string, tf.Tensor>;

const EPSILON = 1e-5;
/** Added to the scores of later positions; the softmax makes exactly 0 of it in float32. */
const NEVER = -1e9;

export function layerNorm(x: Matrix, gain: tf.Tensor, bias: tf.Tensor): Matrix {
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), EPSILON));
  return tf.add(tf.mul(tf.mul(centred, scale), gain), bias);
}

/** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 */
export function gelu(x: Matrix): Matrix {
  const inner = tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return tf.mul(tf.mul(x, tf.add(tf.tanh(inner), 1)), 0.5);
}

/** [T, T]: 0 where a position may look, NEVER at later positions. */
export const causal = (T: number): Matrix =>
  tf.tensor2d(
    Float32Array.from({ length: T * T }, (_, i) => (i % T > Math.floor(i / T) ? NEVER : 0)),
    [T, T],
  );

/** Queries, keys and values side by side, [batch * T, 3 d], to what the heads read, [batch * T, d]. */
function attention(qkv: Matrix, mask: Matrix, { batch, context: T, heads, width: d }: LanguageModel): Matrix {
  const [q, k, v] = tf
    .split(qkv, 3, 1)
    .map((part) => tf.transpose(tf.reshape(part, [batch, T, heads, d / heads]), [0, 2, 1, 3])) as [
    tf.Tensor4D,
    tf.Tensor4D,
    tf.Tensor4D,
  ];
  const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(d / heads));
  const read = tf.matMul(tf.softmax(tf.add(scores, mask)), v);
  return tf.reshape(tf.transpose(read, [0, 2, 1, 3]), [batch * T, d]);
}

/** Logits [batch * T, V] for one-hot tokens [batch * T, V] and the mask that `causal` makes. */
export function logits(model: LanguageModel, weights: Weights, tokens: Matrix, mask: Matrix): Matrix {
  const { batch, context: T, width: d, layers } = model;
  const get = <W extends tf.Tensor>(name: string) => weights[name] as W;
  const linear = (name: string, x: Matrix): Matrix => tf.add(tf.matMul(x, get<Matrix>(name)), get(`${name}.bias`));
  const norm = (name: string, x: Matrix) => layerNorm(x, get(`${name}.gain`), get(`${name}.bias`));

  const embedded = tf.reshape(tf.matMul(tokens, get<Matrix>('embedding')), [batch, T, d]);
  let h: Matrix = tf.reshape(tf.add(embedded, get('position')), [batch * T, d]);
  for (let l = 0; l < layers; l++) {
    const block = `block${l}`;
    h = tf.add(h, linear(`${block}.out`, attention(linear(`${block}.qkv`, norm(`${block}.norm1`, h)), mask, model)));
    h = tf.add(h, linear(`${block}.down`, gelu(linear(`${block}.up`, norm(`${block}.norm2`, h)))));
  }
  return tf.matMul(norm('norm', h), get<Matrix>('embedding'), false, true);
}
