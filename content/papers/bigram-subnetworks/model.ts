/**
 * A language model of GPT-2's form: pre-norm blocks, learned positions, GELU, biases everywhere, and the token embedding
 * used again to read the next token out. Its weights lie in one flat array, so that an optimiser, a mask or a file is
 * one loop over it.
 */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { layerNorm, linear, tanhGelu } from '#nn/layers';
import { attention } from './attention';
import { layout, type Shape, weightCount } from './layout';
import { rowsOf } from './rows';

/** Weights by name, as `layout` names them. */
export type Weights = Record<string, tf.Tensor>;

/** Initial weights of a model. */
export function startWeights(shape: Shape, random: Random): Float32Array {
  const entries = layout(shape);
  const flat = new Float32Array(weightCount(entries));
  for (const { name, offset, size, start } of entries) {
    if ('constant' in start) flat.fill(start.constant, offset, offset + size);
    else flat.set(random(name).normal(size, 0, start.deviation), offset);
  }
  return flat;
}

/** The flat weights as tensors; the caller disposes of them. */
export const weightsOf = (shape: Shape, flat: Float32Array): Weights =>
  Object.fromEntries(
    layout(shape).map(({ name, shape, offset, size }) => [name, tf.tensor(flat.slice(offset, offset + size), shape)]),
  );

/** The residual stream [batch * T, d]: after the embedding, then after each block. */
export function residualStream(shape: Shape, weights: Weights, tokens: Int32Array, T: number): tf.Tensor2D[] {
  const get = <W extends tf.Tensor>(name: string) => weights[name] as W;
  const dense = (name: string, x: tf.Tensor2D) => linear(x, get(name), get(`${name}.bias`));
  const norm = (name: string, x: tf.Tensor2D) => layerNorm(x, get(`${name}.gain`), get(`${name}.bias`));

  const places = Int32Array.from(tokens, (_, i) => i % T);
  let h: tf.Tensor2D = tf.add(rowsOf(get('embedding'), tokens), rowsOf(get('position'), places));
  const stream = [h];
  for (let l = 0; l < shape.layers; l++) {
    const block = `block${l}`;
    const mixed = attention(dense(`${block}.qkv`, norm(`${block}.norm1`, h)), shape.heads, T);
    h = tf.add(h, dense(`${block}.out`, mixed));
    h = tf.add(h, dense(`${block}.down`, tanhGelu(dense(`${block}.up`, norm(`${block}.norm2`, h)))));
    stream.push(h);
  }
  return stream;
}

/** Logits [rows, V] of a residual stream [rows, d]: the last layer norm, then the embedding again. */
export function readOut(weights: Weights, h: tf.Tensor2D): tf.Tensor2D {
  const normed = layerNorm(h, weights['norm.gain'] as tf.Tensor1D, weights['norm.bias'] as tf.Tensor1D);
  // Transposed by an operation of its own: the gradient then transposes d columns, not V.
  return tf.matMul(normed, tf.transpose(weights.embedding as tf.Tensor2D));
}

/** Logits [batch * T, V] for `tokens`, `batch` sequences of T in a row. */
export const logitsOf = (shape: Shape, weights: Weights, tokens: Int32Array, T = shape.context): tf.Tensor2D =>
  readOut(weights, residualStream(shape, weights, tokens, T).at(-1) as tf.Tensor2D);
