/**
 * Parts of blocks of transformers and mixers over x [rows, width], with gradients written by hand where tfjs's own are
 * slow on the wasm backend. The tests hold each against finite differences.
 */
import * as tf from '#lab/tf';
import { columnSums, withGradients } from './gradients';

type Matrix = tf.Tensor2D;

/** x W + b, for x [rows, inputs], W [inputs, outputs], b [outputs]. */
export const linear = (x: Matrix, weight: Matrix, bias: tf.Tensor1D): Matrix =>
  withGradients(
    [x, weight, bias],
    (x, weight, bias) => ({ value: tf.add(tf.matMul(x, weight), bias), keep: [x, weight] }),
    (dy, [x, weight]) => [
      tf.matMul(dy, weight as Matrix, false, true),
      tf.matMul(x as Matrix, dy, true),
      columnSums(dy),
    ],
  );

/** (x - mean) / sqrt(variance + epsilon) over the last axis of x [rows, width], times `gain`, plus `bias`. */
export const layerNorm = (x: Matrix, gain: tf.Tensor1D, bias: tf.Tensor1D, epsilon = 1e-5): Matrix =>
  withGradients(
    [x, gain, bias],
    (x, gain, bias) => {
      const centred = tf.sub(x, tf.mean(x, 1, true));
      const scale = tf.rsqrt(tf.add(tf.mean(tf.mul(centred, centred), 1, true), epsilon));
      const normed = tf.mul(centred, scale);
      return { value: tf.add(tf.mul(normed, gain), bias), keep: [normed, scale, gain] };
    },
    (dy, [normed, scale, gain]) => {
      const dn = tf.mul(dy, gain as tf.Tensor);
      const along = tf.mul(normed as Matrix, tf.mean(tf.mul(dn, normed as Matrix), 1, true));
      const dx = tf.mul(scale as Matrix, tf.sub(tf.sub(dn, tf.mean(dn, 1, true)), along));
      return [dx, columnSums(tf.mul(dy, normed as Matrix)), columnSums(dy)];
    },
  );

const A = 2 * Math.sqrt(2 / Math.PI);
const B = 0.044715 * A;

/** The approximate GELU of GPT-2 and Flax: x (1 + tanh(u)) / 2 with u = sqrt(2 / pi) (x + 0.044715 x^3), which is x sigmoid(2 u). */
export const tanhGelu = (x: Matrix): Matrix =>
  withGradients(
    [x],
    (x) => {
      const square = tf.mul(x, x);
      const gate = tf.sigmoid(tf.mul(x, tf.add(tf.mul(square, B), A)));
      const value: Matrix = tf.mul(x, gate);
      return { value, keep: [value, gate, square] };
    },
    (dy, [value, gate, square]) => {
      // d(2u)/dx = A + 3 B x^2, and the gate's own slope is gate (1 - gate).
      const slope = tf.add(tf.mul(square as Matrix, 3 * B), A);
      const rest = tf.sub(value as Matrix, tf.mul(value as Matrix, gate as Matrix));
      return [tf.mul(dy, tf.add(gate as Matrix, tf.mul(rest, slope)))];
    },
  );

/** PyTorch's default GELU: x (1 + erf(x / sqrt(2))) / 2. */
export const gelu = (x: Matrix): Matrix =>
  withGradients(
    [x],
    (x) => {
      const half = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
      return { value: tf.mul(x, half), keep: [x, half] };
    },
    (dy, [x, half]) => {
      // The slope of (1 + erf(x / sqrt(2))) / 2 is the normal density.
      const density = tf.mul(tf.exp(tf.mul(tf.mul(x as Matrix, x as Matrix), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return [tf.mul(dy, tf.add(half as Matrix, tf.mul(x as Matrix, density)))];
    },
  );

/**
 * Mean over rows of -sum_w P(w) log q(w), in nats, for q = softmax(logits) [rows, V] and target distributions [rows, V].
 * Its gradient (q - P) / rows holds because the targets sum to 1.
 */
export const crossEntropy = (logits: Matrix, targets: Matrix): tf.Scalar =>
  withGradients(
    [logits],
    (x) => {
      const shifted: Matrix = tf.sub(x, tf.max(x, 1, true));
      const powers = tf.exp(shifted);
      const total: Matrix = tf.sum(powers, 1, true);
      // The targets sum to 1, so that the normaliser can be taken out of the sum over w.
      const hit = tf.sum(columnSums(tf.mul(shifted, targets)));
      const value: tf.Scalar = tf.div(tf.sub(tf.sum(tf.log(total)), hit), x.shape[0]);
      return { value, keep: [powers, total, targets] };
    },
    (dy, [powers, total, targets]) => {
      const q = tf.div(powers as Matrix, total as Matrix);
      return [tf.mul(tf.sub(q, targets as Matrix), tf.div(dy, q.shape[0] as number))];
    },
  );
