/** One classifier in training, how well it does, and its bounds at any moment. */
import type { Samples } from '#data/digits';
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { dot, polar } from '#math/rows';
import { productBound } from './build';
import { type Classifier, classifier, networkOf } from './classifier';
import { solve, variantsOf } from './ladder';
import { lossOf, rightOf, targetsOf } from './loss';
import { type Activation, activate, type Network } from './network';
import { searchOn, startSearch } from './sampled';

/** Step size of Adam. */
const RATE = 0.01;
/** Points of the search for a lower bound: all over a box of the plane; or from samples, whose Jacobians cost more. */
const SEARCH = { box: 600, samples: 150 };

export interface Trainer {
  activation: Activation;
  net: Classifier;
  optimizer: tf.Optimizer;
  /** [samples, inputs] */
  x: tf.Tensor2D;
  /** [samples, outputs]; see `targetsOf`. */
  targets: tf.Tensor2D;
}

/** sizes, e.g. [2, 16, 16, 1] */
export const trainer = (
  random: Random,
  { inputs, labels }: Samples,
  sizes: readonly number[],
  a: Activation,
): Trainer => ({
  activation: a,
  net: classifier(random, sizes, a),
  optimizer: tf.train.adam(RATE),
  x: tf.tensor2d(inputs),
  targets: targetsOf(labels, sizes.at(-1) as number),
});

/** One step of Adam on all samples, with `decay` times the sum of all squared weights added to the loss. */
export function train({ net, optimizer, x, targets }: Trainer, decay = 0): void {
  optimizer.minimize(
    () => {
      const loss = lossOf(net.predict(x), targets);
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

/** Replaces each weight by the nearest matrix whose singular values are all 1. */
export async function startOrthonormal({ net }: Trainer): Promise<void> {
  for (const { weight } of net.layers) {
    const [inputs, outputs] = weight.shape;
    const data = await weight.data();
    const rows = Array.from({ length: inputs }, (_, i) =>
      Float64Array.from(data.subarray(i * outputs, (i + 1) * outputs)),
    );
    tf.tidy(() => weight.assign(tf.tensor2d(polar(rows).map((row) => [...row]))));
  }
}

/** Mean loss (nats) and share of right answers on samples that need not be those of the training. */
export async function scoresOf({ net }: Trainer, x: tf.Tensor2D, labels: readonly number[]) {
  const [logits, loss] = tf.tidy(() => {
    const y = net.predict(x);
    return [y, lossOf(y, targetsOf(labels, y.shape[1]))] as const;
  });
  const right = rightOf(await logits.data(), labels);
  const scores = { loss: (await loss.data())[0] as number, accuracy: right.filter(Boolean).length / right.length };
  tf.dispose([logits, loss]);
  return scores;
}

/** The bounds of a network as it stands: product, best program, and what a search finds. */
export interface Bounds {
  network: Network;
  product: number;
  sdp: number;
  sampled: number;
}

/** f(x) of a network with one output, without the Jacobian: a picture needs thousands. */
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

/** With `places`, inputs [any, inputs], the search starts from them and not from all over a box. */
export async function boundsOf(t: Trainer, random: Random, places?: Samples['inputs']): Promise<Bounds> {
  const network = await networkOf(t.net, t.activation);
  const search = startSearch(network, 'l2');
  searchOn(search, network, 'l2', random('search'), places ? SEARCH.samples : SEARCH.box, places);
  const variant = variantsOf(network).at(-1) as ReturnType<typeof variantsOf>[number];
  return {
    network,
    product: productBound(network, 'l2'),
    sdp: solve(network, 'l2', variant),
    sampled: search.best,
  };
}
