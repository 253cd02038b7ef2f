/** A classifier that tfjs trains, with any of the activations; and its weights in float64. */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { apply, type Dense, dense, variablesOf } from '#nn/dense';
import { type Activation, activation as activationOf, directions, type Network } from './network';

export interface Classifier {
  layers: Dense[];
  variables: tf.Variable[];
  /** x [points, inputs] -> logits [points, outputs] */
  predict(x: tf.Tensor2D): tf.Tensor2D;
}

/**
 * The directions that are turned over, stage by stage: unit vectors [any, width] that do not touch within a stage. For
 * Householder, v of each pair. For sorting, neighbours that change places: even ones, odd ones, and so on, as many times as
 * a group is long (odd-even transposition sort); MaxMin is its first stage.
 */
function stagesOf(a: Activation, width: number): number[][][] {
  const unit = (at: number, [p, q]: readonly [number, number]) =>
    Array.from({ length: width }, (_, i) => (i === at ? p : i === at + 1 ? q : 0));
  const starts = (from: number, to: number, step: number) =>
    Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + step * i);
  const groups = starts(0, width, a.group);
  if (a.name === 'householder') {
    const v = [...(directions(a).changed[0] as Float64Array)] as [number, number];
    return [groups.map((at) => unit(at, v))];
  }
  return starts(0, a.group, 1)
    .map((stage) => groups.flatMap((at) => starts(at + (stage % 2), at + a.group - 1, 2)))
    .filter((pairs) => pairs.length > 0)
    .map((pairs) => pairs.map((at) => unit(at, [Math.SQRT1_2, -Math.SQRT1_2])));
}

/** x [b, width]: in each stage, what lies against a direction is turned over. */
const turned = (a: Activation, x: tf.Tensor2D): tf.Tensor2D =>
  stagesOf(a, x.shape[1]).reduce((h, stage) => {
    const d = tf.tensor2d(stage);
    const against = tf.relu(tf.neg(tf.matMul(h, d, false, true)));
    return tf.add(h, tf.matMul(tf.mul(against, 2), d));
  }, x);

/** The activation as tfjs operations. */
export function applyActivation(a: Activation, x: tf.Tensor2D): tf.Tensor2D {
  if (a.name === 'linear') return x;
  if (a.name === 'tanh') return tf.tanh(x);
  if (a.name === 'relu') return tf.relu(x);
  if (a.name === 'leaky-relu') return tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), a.slope));
  return turned(a, x);
}

/** sizes, e.g. [2, 16, 16, 1]; weights uniform with the variance of Kaiming's start. */
export function classifier(random: Random, sizes: readonly number[], a: Activation): Classifier {
  const layers = sizes.slice(1).map((outputs, k) => {
    const inputs = sizes[k] as number;
    return dense(random, `layer${k + 1}`, inputs, outputs, { weightBound: Math.sqrt(3 / inputs) });
  });
  return {
    layers,
    variables: variablesOf(layers),
    predict: (x) =>
      layers.reduce((h, layer, k) => {
        const v = apply(layer, h);
        return k < layers.length - 1 ? applyActivation(a, v) : v;
      }, x),
  };
}

/** The weights as they stand, in float64. */
export async function networkOf({ layers }: Classifier, a: Activation): Promise<Network> {
  const read: Network[number][] = [];
  for (const [k, { weight, bias }] of layers.entries()) {
    const [inputs, outputs] = weight.shape;
    const data = await weight.data();
    read.push({
      weight: Array.from({ length: outputs }, (_, o) =>
        Float64Array.from({ length: inputs }, (_unused, i) => data[i * outputs + o] as number),
      ),
      bias: Float64Array.from(await bias.data()),
      activation: k < layers.length - 1 ? a : activationOf('linear'),
      residual: false,
    });
  }
  return read;
}
