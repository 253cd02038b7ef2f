/** Looking rows of a table up, with its gradient; the tests hold it against finite differences. */

import * as tf from '#lab/tf';
import { withGradients } from '#nn/gradients';

type Matrix = tf.Tensor2D;

/** Rows `ids` of a table with rows of `width` numbers, one after the other. */
export function pickRows(table: Float32Array, width: number, ids: Int32Array): Float32Array {
  const rows = new Float32Array(ids.length * width);
  ids.forEach((id, i) => {
    rows.set(table.subarray(id * width, (id + 1) * width), i * width);
  });
  return rows;
}

/**
 * Rows `ids` of `table` [rows, width], on the host: the wasm backend gathers slowly and has no gradient for it, and a
 * product with one-hot rows would cost as much as a layer.
 */
export function rowsOf(table: Matrix, ids: Int32Array): Matrix {
  const [rows, width] = table.shape;
  return withGradients(
    [table],
    (t) => ({
      value: tf.tensor2d(pickRows(t.dataSync() as Float32Array, width, ids), [ids.length, width]),
      keep: [],
    }),
    (dy) => {
      const from = dy.dataSync();
      const sum = new Float32Array(rows * width);
      ids.forEach((id, i) => {
        const [to, at] = [id * width, i * width];
        for (let k = 0; k < width; k++) sum[to + k] = (sum[to + k] as number) + (from[at + k] as number);
      });
      return [tf.tensor2d(sum, [rows, width])];
    },
  );
}
