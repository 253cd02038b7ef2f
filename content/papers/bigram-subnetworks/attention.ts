/** Causal self-attention over many sequences and heads at once, with its gradient. */
import * as tf from '#lab/tf';
import { withGradients } from '#nn/gradients';

/** Sizes of one call: `batch` sequences of T tokens, `heads` heads of `width` numbers. */
interface Sizes {
  batch: number;
  T: number;
  heads: number;
  width: number;
}

/** Added to the scores of later positions; the softmax makes exactly 0 of it in float32. */
const NEVER = -1e9;

/** [T, T]: 0 where a position may look, NEVER at later positions. */
const causal = (T: number): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from({ length: T * T }, (_, i) => (i % T > Math.floor(i / T) ? NEVER : 0)),
    [T, T],
  );

/**
 * Copies between rows [batch * T, columns], whose columns `from` to `from + heads * width` hold the heads side by side,
 * and blocks [batch * heads, T, width]. On the host: tfjs's wasm kernels for it are ten times slower.
 */
function copyHeads(
  rows: Float32Array,
  blocks: Float32Array,
  { batch, T, heads, width }: Sizes,
  columns: number,
  from: number,
  into: 'rows' | 'blocks',
): void {
  let at = 0;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let t = 0; t < T; t++, at += width) {
        const row = (b * T + t) * columns + from + h * width;
        if (into === 'blocks') blocks.set(rows.subarray(row, row + width), at);
        else rows.set(blocks.subarray(at, at + width), row);
      }
    }
  }
}

/** Heads of the columns that start at `from`, as [batch * heads, T, width]. */
function toBlocks(rows: tf.Tensor2D, sizes: Sizes, from: number): tf.Tensor3D {
  const { batch, T, heads, width } = sizes;
  const blocks = new Float32Array(batch * T * heads * width);
  copyHeads(rows.dataSync() as Float32Array, blocks, sizes, rows.shape[1], from, 'blocks');
  return tf.tensor3d(blocks, [batch * heads, T, width]);
}

/** The heads of each tensor of `parts` side by side, as [batch * T, parts * heads * width]. */
function toRows(parts: readonly tf.Tensor3D[], sizes: Sizes): tf.Tensor2D {
  const d = sizes.heads * sizes.width;
  const rows = new Float32Array(sizes.batch * sizes.T * d * parts.length);
  parts.forEach((part, i) => {
    copyHeads(rows, part.dataSync() as Float32Array, sizes, d * parts.length, i * d, 'rows');
  });
  return tf.tensor2d(rows, [sizes.batch * sizes.T, d * parts.length]);
}

/**
 * softmax(Q K^T / sqrt(width)) V per head, each position looking at itself and at earlier ones. `qkv` [batch * T, 3 d]
 * holds queries, keys and values side by side, each with its heads side by side, as GPT-2 does; returns [batch * T, d].
 */
export function attention(qkv: tf.Tensor2D, heads: number, T: number): tf.Tensor2D {
  const d = qkv.shape[1] / 3;
  const sizes = { batch: qkv.shape[0] / T, T, heads, width: d / heads };
  const scale = 1 / Math.sqrt(sizes.width);
  return withGradients(
    [qkv],
    (qkv) => {
      const [q, k, v] = [0, d, 2 * d].map((from) => toBlocks(qkv, sizes, from)) as [
        tf.Tensor3D,
        tf.Tensor3D,
        tf.Tensor3D,
      ];
      const scores = tf.add(tf.mul(tf.matMul(q, k, false, true), scale), causal(T));
      const looks = tf.softmax(scores) as tf.Tensor3D;
      return { value: toRows([tf.matMul(looks, v)], sizes), keep: [q, k, v, looks] };
    },
    (dy, kept) => {
      const [q, k, v, looks] = kept as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
      const dRead = toBlocks(dy, sizes, 0);
      const dLooks = tf.matMul(dRead, v, false, true);
      // The softmax's gradient: looks (dLooks - sum of dLooks looks over a row).
      const weighted = tf.mul(dLooks, looks);
      const dScores: tf.Tensor3D = tf.mul(tf.sub(weighted, tf.mul(looks, tf.sum(weighted, 2, true))), scale);
      const dQ: tf.Tensor3D = tf.matMul(dScores, k);
      const dK: tf.Tensor3D = tf.matMul(dScores, q, true);
      const dV: tf.Tensor3D = tf.matMul(looks, dRead, true);
      return [toRows([dQ, dK, dV], sizes)];
    },
  );
}
