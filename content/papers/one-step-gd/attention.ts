/** One layer of linear self-attention: no softmax, no scaling, no residual, no bias. */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';

export interface Attention {
  /** W_K, W_Q, W_V: [d + 1, d + 1]. */
  key: tf.Variable<tf.Rank.R2>;
  query: tf.Variable<tf.Rank.R2>;
  value: tf.Variable<tf.Rank.R2>;
  /** h: [d + 1, 1], reads the answer out. */
  readOut: tf.Variable<tf.Rank.R2>;
}

/** Small noise around `diagonal` times the identity, and h around `diagonal` times 2 e_(d+1). */
export function attentionLayer(random: Random, d: number, diagonal: number): Attention {
  const side = d + 1;
  const noisy = (name: string) => {
    const noise = random(name).normal(side * side, 0, 0.1);
    return tf.variable(
      tf.tensor2d(
        noise.map((x, i) => x + (i % (side + 1) === 0 ? diagonal : 0)),
        [side, side],
      ),
    );
  };
  return tf.tidy(() => ({
    key: noisy('key'),
    query: noisy('query'),
    value: noisy('value'),
    readOut: tf.variable(
      tf.tensor2d(
        random('readOut')
          .normal(side, 0, 0.1)
          .map((x, i) => x + (i === d ? 2 * diagonal : 0)),
        [side, 1],
      ),
    ),
  }));
}

/** A layer with given weights, rows of [d + 1] each. */
export const attentionOf = (weights: Record<keyof Attention, number[][]>): Attention =>
  tf.tidy(() => ({
    key: tf.variable(tf.tensor2d(weights.key)),
    query: tf.variable(tf.tensor2d(weights.query)),
    value: tf.variable(tf.tensor2d(weights.value)),
    readOut: tf.variable(tf.tensor2d(weights.readOut)),
  }));

// #region attend
/**
 * y_hat = (1 / scale) h^T sum_i W_V v_i (W_K v_i . W_Q v_q), for tokens v [batch, n, d + 1] and queries v_q [batch, d + 1];
 * returns [batch]. The sum runs over the labelled tokens only. `scale` is the training length n: it keeps the numbers
 * of order one and is part of the layer.
 */
export function attend(
  { key, query, value, readOut }: Attention,
  tokens: tf.Tensor3D,
  queries: tf.Tensor2D,
  scale: number,
) {
  const [batch, n, side] = tokens.shape;
  const flat = tf.reshape<tf.Rank.R2>(tokens, [batch * n, side]);
  const keys = tf.reshape(tf.matMul(flat, key, false, true), [batch, n, side]);
  const asked = tf.reshape(tf.matMul(queries, query, false, true), [batch, 1, side]);
  const scores = tf.sum(tf.mul(keys, asked), 2);
  const values = tf.reshape(tf.matMul(tf.matMul(flat, value, false, true), readOut), [batch, n]);
  return tf.div<tf.Tensor1D>(tf.sum(tf.mul(scores, values), 1), scale);
}
// #endregion

/**
 * All that the layer's answer depends on where labels enter: p_y M / scale with p = W_V^T h and M = W_K^T W_Q, as
 * [d + 1][d]. Row j belongs to entry j of a token, column k to entry k of the query. Single matrices mean nothing: (T W_K, T^-T W_Q)
 * answers the same for every invertible T.
 */
export async function effectiveMap({ key, query, value, readOut }: Attention, scale: number): Promise<number[][]> {
  const map = tf.tidy(() => {
    const p = tf.matMul(value, readOut, true, false);
    const side = p.shape[0];
    const last = tf.reshape(tf.slice(p, [side - 1, 0], [1, 1]), []);
    const M = tf.slice<tf.Rank.R2, tf.Tensor2D>(tf.matMul(key, query, true, false), [0, 0], [side, side - 1]);
    return tf.div<tf.Tensor2D>(tf.mul(M, last), scale);
  });
  const rows = await map.array();
  map.dispose();
  return rows;
}
