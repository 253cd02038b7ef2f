/** What training makes small: the logistic loss where there is one logit, the cross-entropy where there are several. */
import * as tf from '#lab/tf';

/** [samples, 1] with 1 for label 1 and -1 for label 0; or [samples, outputs] with a 1 at each label. */
export const targetsOf = (labels: readonly number[], outputs: number): tf.Tensor2D =>
  tf.tensor2d(
    labels.map((label) =>
      outputs === 1 ? [2 * label - 1] : Array.from({ length: outputs }, (_, k) => (k === label ? 1 : 0)),
    ),
  );

/** Mean loss of `logits` [samples, outputs], in nats. */
export function lossOf(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  if (logits.shape[1] > 1) return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1)));
  const margin = tf.mul(logits, targets);
  // log(1 + e^-m) = relu(-m) + log(1 + e^-|m|): no overflow, and only operations that every backend has.
  return tf.mean(tf.add(tf.relu(tf.neg(margin)), tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(margin)))))));
}

/** Whether the answers `logits` [samples * outputs], row by row, are right: the sign, or the largest of a row. */
export function rightOf(logits: ArrayLike<number>, labels: readonly number[]): boolean[] {
  const outputs = logits.length / labels.length;
  return labels.map((label, i) => {
    const row = Array.from({ length: outputs }, (_, k) => logits[i * outputs + k] as number);
    return outputs === 1 ? (row[0] as number) > 0 === (label === 1) : row.indexOf(Math.max(...row)) === label;
  });
}
