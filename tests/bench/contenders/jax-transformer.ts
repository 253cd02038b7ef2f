/**
 * The language model in jax-js. Products of matrices, not of stacks of them, and tokens as one-hot rows: of the ways that
 * jax-js offers, its fastest.
 */
import { nn, numpy as np } from '@jax-js/jax';
import type { LanguageModel } from '../workloads';
import { type Loss, take } from './jax-arrays';

const EPSILON = 1e-5;

/** Queries, keys and values side by side, [batch * T, 3 d], to what the heads read, [batch * T, d]. */
function attention(qkv: np.Array, { batch, context: T, heads, width: d }: LanguageModel): np.Array {
  const [q, k, v] = np.split(qkv, 3, 1).map((part) => part.reshape([batch, T, heads, d / heads])) as [
    np.Array,
    np.Array,
    np.Array,
  ];
  return nn.dotProductAttention(q, k, v, { isCausal: true }).reshape([batch * T, d]);
}

/** The mean cross-entropy of the next tokens. */
export const languageModelLoss =
  (model: LanguageModel): Loss =>
  (weights, inputs) => {
    const { batch, context: T, width: d, layers, vocabulary } = model;
    const oneHot = (name: string) => nn.oneHot(take(inputs, name).reshape([batch * T]), vocabulary);
    const linear = (name: string, x: np.Array) => np.matmul(x, take(weights, name)).add(take(weights, `${name}.bias`));
    const norm = (name: string, x: np.Array) =>
      nn
        .standardize(x, -1, { epsilon: EPSILON })
        .mul(take(weights, `${name}.gain`))
        .add(take(weights, `${name}.bias`));

    const embedding = take(weights, 'embedding');
    const embedded = np.matmul(oneHot('tokens'), embedding.ref).reshape([batch, T, d]);
    let h = embedded.add(take(weights, 'position')).reshape([batch * T, d]);
    for (let l = 0; l < layers; l++) {
      const block = `block${l}`;
      h = h.ref.add(linear(`${block}.out`, attention(linear(`${block}.qkv`, norm(`${block}.norm1`, h)), model)));
      h = h.ref.add(linear(`${block}.down`, nn.gelu(linear(`${block}.up`, norm(`${block}.norm2`, h)))));
    }
    const logits = np.matmul(norm('norm', h), np.matrixTranspose(embedding));
    return np.mean(np.sum(nn.logSoftmax(logits, 1).mul(oneHot('next')), 1)).neg();
  };
