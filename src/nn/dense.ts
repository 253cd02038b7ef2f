/** A dense layer with its initial weights from a named random stream. */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';

export interface Dense {
  /** [inputs, outputs] */
  weight: tf.Variable<tf.Rank.R2>;
  /** [outputs] */
  bias: tf.Variable<tf.Rank.R1>;
}

/**
 * Weights from U(-weightBound, weightBound), biases from U(-biasBound, biasBound). Both bounds default to
 * 1 / sqrt(inputs): PyTorch's default for `Linear`, which the papers' code relies on.
 */
export function dense(
  random: Random,
  name: string,
  inputs: number,
  outputs: number,
  { weightBound = 1 / Math.sqrt(inputs), biasBound = 1 / Math.sqrt(inputs) } = {},
): Dense {
  const weight = random(`${name}.weight`).uniform(inputs * outputs, -weightBound, weightBound);
  const bias = random(`${name}.bias`).uniform(outputs, -biasBound, biasBound);
  // A variable holds data of its own; the tensor it was made from is freed by tidy.
  return tf.tidy(() => ({
    weight: tf.variable(tf.tensor2d(weight, [inputs, outputs])),
    bias: tf.variable(tf.tensor1d(bias)),
  }));
}

/** x W + b, for x [batch, inputs]. */
export const apply = ({ weight, bias }: Dense, x: tf.Tensor2D): tf.Tensor2D => tf.add(tf.matMul(x, weight), bias);

export const variablesOf = (layers: readonly Dense[]): tf.Variable[] => layers.flatMap((l) => [l.weight, l.bias]);

/** Trainable numbers in `layers`. */
export const parameterCount = (layers: readonly Dense[]): number =>
  variablesOf(layers).reduce((sum, variable) => sum + variable.size, 0);
