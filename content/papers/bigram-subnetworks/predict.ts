/** A model's predictions at every position of a text, read back for whatever measures them. */
import * as tf from '#lab/tf';
import type { Shape } from './layout';
import { logitsOf, type Weights, weightsOf } from './model';

/** Windows that go through the model together. */
const CHUNK = 64;

/** x - log sum exp x of each row of V numbers, in place; on the host, where it costs less than tfjs's own. */
export function logSoftmaxRows(x: Float32Array, V: number): Float32Array {
  for (let from = 0; from < x.length; from += V) {
    let [most, sum] = [Number.NEGATIVE_INFINITY, 0];
    for (let i = from; i < from + V; i++) most = Math.max(most, x[i] as number);
    for (let i = from; i < from + V; i++) sum += Math.exp((x[i] as number) - most);
    const norm = most + Math.log(sum);
    for (let i = from; i < from + V; i++) x[i] = (x[i] as number) - norm;
  }
  return x;
}

/** log q [tokens, V], in nats, for windows of T tokens that follow one another; rows of a rest shorter than T are missing. */
export function logPredictions(shape: Shape, flat: Float32Array, tokens: Uint16Array, T = shape.context): Float32Array {
  const V = shape.vocabulary;
  const windows = Math.floor(tokens.length / T);
  const logq = new Float32Array(windows * T * V);
  const weights: Weights = weightsOf(shape, flat);
  for (let w = 0; w < windows; w += CHUNK) {
    const inputs = Int32Array.from(tokens.subarray(w * T, Math.min(w + CHUNK, windows) * T));
    // Nothing is returned: tfjs would look for tensors in each of the numbers.
    tf.tidy(() => {
      logq.set(logitsOf(shape, weights, inputs, T).dataSync(), w * T * V);
    });
  }
  tf.dispose(weights);
  return logSoftmaxRows(logq, V);
}
