/** One classifier of the two moons in training, and its bounds at any moment. */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';

import { dot } from '#math/rows';
import { productBound } from './build';
import { solve, variantsOf } from './ladder';
import { type Classifier, classifier, logisticLoss, type Moons, networkOf } from './moons';
import { type Activation, activate, type Network } from './network';
import { searchOn, startSearch } from './sampled';

export const TASK = { points: 400, noise: 0.12 };
const RATE = 0.01;
const SEARCH = 600;

export interface Trainer {
  activation: Activation;
  net: Classifier;
  optimizer: tf.Optimizer;
  /** [points, 2] */
  x: tf.Tensor2D;
  /** [points, 1], 1 or -1 */
  signs: tf.Tensor2D;
}

export const trainer = (
  random: Random,
  { points, labels }: Moons,
  sizes: readonly number[],
  a: Activation,
): Trainer => ({
  activation: a,
  net: classifier(random, sizes, a),
  optimizer: tf.train.adam(RATE),
  x: tf.tensor2d(points),
  signs: tf.tensor2d(labels.map((l) => [2 * l - 1])),
});

/** One step of Adam on all points, with weight decay on the matrices. */
export function train({ net, optimizer, x, signs }: Trainer, decay = 0): void {
  optimizer.minimize(
    () => {
      const loss = logisticLoss(net.predict(x), signs);
      if (decay === 0) return loss;
      const squares = net.layers.map(({ weight }): tf.Scalar => tf.sum(tf.square(weight)));
      return tf.add(loss, tf.mul(decay, tf.addN(squares))) as tf.Scalar;
    },
    false,
    net.variables,
  );
}

/** W <- W - share / 2 (W W^T W - W): moves all singular values towards 1 (Björck and Bowie 1971 for share 1). */
export function orthogonalise({ net }: Trainer, share: number): void {
  for (const { weight } of net.layers) {
    tf.tidy(() => {
      const cubic = tf.matMul(weight, tf.matMul(weight, weight, true, false));
      weight.assign(tf.sub(weight, tf.mul(share / 2, tf.sub(cubic, weight))) as tf.Tensor2D);
    });
  }
}

/** The bounds of a network as it stands: product, best program, and what a search finds. */
export interface Bounds {
  network: Network;
  product: number;
  sdp: number;
  sampled: number;
  /** Share of the points on the right side. */
  accuracy: number;
}

/** f(x) without the Jacobian: a picture needs thousands. */
export function logit(network: Network, x: readonly number[]): number {
  let h: Float64Array = Float64Array.from(x);
  for (const { weight, bias, activation: a } of network) {
    h = activate(
      a,
      Float64Array.from(weight, (row, i) => dot(row, h) + (bias[i] as number)),
    );
  }
  return h[0] as number;
}

export async function boundsOf(t: Trainer, random: Random, { points, labels }: Moons): Promise<Bounds> {
  const network = await networkOf(t.net, t.activation);
  const search = startSearch(network, 'l2');
  searchOn(search, network, 'l2', random('search'), SEARCH);
  const variant = variantsOf(network).at(-1) as ReturnType<typeof variantsOf>[number];
  const right = points.filter((p, i) => logit(network, p) > 0 === (labels[i] === 1));
  return {
    network,
    product: productBound(network, 'l2'),
    sdp: solve(network, 'l2', variant),
    sampled: search.best,
    accuracy: right.length / points.length,
  };
}
