/** How the layers of this paper bring their own gradients into tfjs. */
import * as tf from '#lab/tf';

/**
 * A function of `inputs` with its gradients. `forward` also returns what the gradients need; tfjs keeps that until the
 * backward pass, and frees everything else.
 */
export const withGradients = <const I extends readonly tf.Tensor[], R extends tf.Tensor>(
  inputs: I,
  forward: (...inputs: I) => { value: R; keep: tf.Tensor[] },
  backward: (dy: R, kept: tf.Tensor[]) => { [K in keyof I]: tf.Tensor },
): R =>
  tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const { value, keep } = forward(...(args as unknown as I));
    save(keep);
    return { value, gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => backward(dy as R, kept) as tf.Tensor[] };
  })(...inputs) as R;

/** The sum of each column of x [rows, columns], as a matrix product: tfjs's own sum is ten times slower here. */
export const columnSums = (x: tf.Tensor2D): tf.Tensor1D => tf.reshape(tf.matMul(tf.ones([1, x.shape[0]]), x), [-1]);
