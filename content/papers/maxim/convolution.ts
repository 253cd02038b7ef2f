/** A 3 x 3 convolution as one matrix product over shifted copies, with its gradients: tfjs has none for filters. */
import * as tf from '#lab/tf';
import { columnSums, withGradients } from '#nn/gradients';

const SIDE = 3;

/** x [batch, height, width, channels] to rows [batch * height * width, 9 * channels]: what lies under the filter. */
function under(x: tf.Tensor4D): tf.Tensor2D {
  const [batch, height, width, channels] = x.shape;
  const padded = tf.pad(x, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  const shifted: tf.Tensor4D[] = [];
  for (let i = 0; i < SIDE; i++)
    for (let j = 0; j < SIDE; j++) shifted.push(tf.slice(padded, [0, i, j, 0], [batch, height, width, channels]));
  return tf.reshape(tf.concat(shifted, 3), [-1, SIDE * SIDE * channels]);
}

/** Convolves x [batch, height, width, inputs] with `filter` [9 * inputs, outputs], zeros around the border. */
export const convolution = (x: tf.Tensor4D, filter: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor4D =>
  withGradients(
    [x, filter, bias],
    (x, filter, bias) => {
      const [batch, height, width] = x.shape;
      const columns = under(x);
      const value: tf.Tensor4D = tf.reshape(tf.add(tf.matMul(columns, filter), bias), [
        batch,
        height,
        width,
        filter.shape[1],
      ]);
      return { value, keep: [columns, filter] };
    },
    (dy, [columns, filter]) => {
      const [batch, height, width, outputs] = dy.shape;
      const inputs = (filter?.shape[0] as number) / SIDE ** 2;
      // Backwards, a pixel hands its gradient to the places it was seen from: the filter turned by half a turn.
      const turned = tf.reverse(tf.reshape(filter as tf.Tensor2D, [SIDE * SIDE, inputs, outputs]), 0);
      const back = tf.reshape<tf.Rank.R2>(tf.transpose(turned, [0, 2, 1]), [SIDE * SIDE * outputs, inputs]);
      const flat = tf.reshape<tf.Rank.R2>(dy, [-1, outputs]);
      return [
        tf.reshape(tf.matMul(under(dy), back), [batch, height, width, inputs]),
        tf.matMul(columns as tf.Tensor2D, flat, true),
        columnSums(flat),
      ];
    },
  );
