/** The loss of a batch and its gradient, from flat weights to a flat gradient. */
import * as tf from '#lab/tf';
import { crossEntropy } from '#nn/layers';
import { layout, type Shape, weightCount } from './layout';
import { logitsOf, type Weights } from './model';
import { pickRows } from './rows';

/**
 * Cross-entropy, in nats per token, to the rows `targetRows` of the table of distributions `targets` [V, V], and its
 * gradient with respect to the weights; with `maskedOnly`, to the matrices that masks reach, 0 elsewhere.
 */
export function lossAndGradient(
  shape: Shape,
  flat: Float32Array,
  tokens: Int32Array,
  targets: Float32Array,
  targetRows: Int32Array,
  maskedOnly = false,
): { loss: number; gradient: Float32Array } {
  const entries = layout(shape);
  const gradient = new Float32Array(weightCount(entries));
  const loss = tf.tidy(() => {
    const tensors = entries.map(({ shape, offset, size }) => tf.tensor(flat.slice(offset, offset + size), shape));
    const weights: Weights = Object.fromEntries(entries.map(({ name }, i) => [name, tensors[i] as tf.Tensor]));
    const chosen = entries.flatMap(({ masked }, i) => (masked || !maskedOnly ? [i] : []));
    const V = shape.vocabulary;
    const goal = tf.tensor2d(pickRows(targets, V, targetRows), [targetRows.length, V]);
    const { value, grads } = tf.valueAndGrads((...inputs: tf.Tensor[]) => {
      const given = { ...weights };
      chosen.forEach((entry, i) => {
        given[(entries[entry] as (typeof entries)[number]).name] = inputs[i] as tf.Tensor;
      });
      return crossEntropy(logitsOf(shape, given, tokens), goal);
    })(chosen.map((i) => tensors[i] as tf.Tensor));
    chosen.forEach((entry, i) => {
      gradient.set((grads[i] as tf.Tensor).dataSync(), (entries[entry] as (typeof entries)[number]).offset);
    });
    return value.dataSync()[0] as number;
  });
  return { loss, gradient };
}
