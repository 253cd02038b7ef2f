/** Two interleaved half circles with noise, a made-up task in the plane, and a classifier that tfjs trains on it. */
import type { Random, Stream } from '#lab/random';
import * as tf from '#lab/tf';
import { apply, type Dense, dense, variablesOf } from '#nn/dense';
import { type Activation, activation as activationOf, directions, type Network } from './network';

export interface Moons {
  /** [points, 2] */
  points: [number, number][];
  /** 1 for the upper moon, 0 for the lower. */
  labels: number[];
}

/** `count` points, every other one from the lower moon, moved so that the middle lies at 0. */
export function moons(stream: Stream, count: number, noise: number): Moons {
  const jitter = stream.normal(2 * count, 0, noise);
  const angles = stream.uniform(count, 0, Math.PI);
  const labels = Array.from({ length: count }, (_, i) => (i + 1) % 2);
  const points = labels.map((label, i): [number, number] => {
    const angle = angles[i] as number;
    const [x, y] = label ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return [x - 0.5 + (jitter[2 * i] as number), y - 0.25 + (jitter[2 * i + 1] as number)];
  });
  return { points, labels };
}

export interface Classifier {
  layers: Dense[];
  variables: tf.Variable[];
  /** x [points, inputs] -> logits [points, 1] */
  predict(x: tf.Tensor2D): tf.Tensor2D;
}

/** x [b, groups, group]: what lies against d is turned over. MaxMin is this with d = (1, -1) / sqrt 2. */
function reflected(x: tf.Tensor3D, d: tf.Tensor1D): tf.Tensor3D {
  const along: tf.Tensor3D = tf.sum(tf.mul(x, d), 2, true);
  return tf.add(x, tf.mul(tf.mul(tf.relu(tf.neg(along)), 2), d));
}

/** Compare-and-swap pairs that sort: every neighbour in turn (bubble sort), n (n - 1) / 2 of them. */
const comparators = (n: number): [number, number][] =>
  Array.from({ length: n }, (_, pass) =>
    Array.from({ length: n - 1 - pass }, (_unused, i): [number, number] => [i, i + 1]),
  ).flat();

function grouped(a: Activation, x: tf.Tensor2D): tf.Tensor2D {
  const [batch, width] = x.shape;
  let groups: tf.Tensor3D = tf.reshape(x, [batch, width / a.group, a.group]);
  if (a.name === 'householder')
    groups = reflected(groups, tf.tensor1d([...(directions(a).changed[0] as Float64Array)]));
  else {
    for (const [i, j] of comparators(a.group)) {
      const d = Array.from({ length: a.group }, (_, n) => (n === i ? Math.SQRT1_2 : n === j ? -Math.SQRT1_2 : 0));
      groups = reflected(groups, tf.tensor1d(d));
    }
  }
  return tf.reshape(groups, [batch, width]);
}

/** The activation as tfjs operations. */
export function applyActivation(a: Activation, x: tf.Tensor2D): tf.Tensor2D {
  if (a.name === 'linear') return x;
  if (a.name === 'tanh') return tf.tanh(x);
  if (a.name === 'relu') return tf.relu(x);
  if (a.name === 'leaky-relu') return tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), a.slope));
  return grouped(a, x);
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

/** Mean of log(1 + exp(-s f)) over the points, s = 1 or -1 in `signs` [points, 1]. */
export function logisticLoss(logits: tf.Tensor2D, signs: tf.Tensor2D): tf.Scalar {
  const margin = tf.mul(logits, signs);
  // log(1 + e^-m) = relu(-m) + log(1 + e^-|m|): no overflow, and only operations that every backend has.
  return tf.mean(tf.add(tf.relu(tf.neg(margin)), tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(margin)))))));
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
