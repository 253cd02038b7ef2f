/**
 * Trains a classifier on batches that lie ready in one tensor. A step makes no data in JavaScript, so that it can be
 * recorded and replayed: which batch is next stands in a variable.
 */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { crossEntropy } from '../layers';
import { type Classifier, logitsOf, startClassifier, variablesOf } from './classifier';
import type { Contender } from './contenders';
import { CLASSES, type NetworkShape, PATCH } from './network';
import { tokensOf } from './operator';

export const BATCH = 32;
/** Steps over which the learning rate rises. */
const WARM_UP = 20;
const RATE = 3e-3;

/** Batches of labelled patches, in an order drawn once: all trainers of a run share them. */
export interface Batches {
  /** [batches, 32 * tokens * 16] */
  patches: tf.Tensor2D;
  /** [batches, 32 * 10], one-hot */
  labels: tf.Tensor2D;
  /** [batches, batches]: moves a one-hot row to its next place. */
  next: tf.Tensor2D;
}

/** `patches` [pictures * tokens * 16], `labels` [pictures]; what does not fill a batch is left out. */
export function makeBatches(random: Random, patches: Float32Array, labels: Int32Array): Batches {
  const count = Math.floor(labels.length / BATCH);
  const each = patches.length / labels.length;
  const stream = random('order');
  const order = Array.from(labels, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = stream.index(i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  const drawn = new Float32Array(count * BATCH * each);
  const hot = new Float32Array(count * BATCH * CLASSES);
  for (let i = 0; i < count * BATCH; i++) {
    const from = order[i] as number;
    drawn.set(patches.subarray(from * each, (from + 1) * each), i * each);
    hot[i * CLASSES + (labels[from] as number)] = 1;
  }
  const shift = new Float32Array(count ** 2);
  for (let i = 0; i < count; i++) shift[i * count + ((i + 1) % count)] = 1;
  return {
    patches: tf.tensor2d(drawn, [count, BATCH * each]),
    labels: tf.tensor2d(hot, [count, BATCH * CLASSES]),
    next: tf.tensor2d(shift, [count, count]),
  };
}

/** Adam, whose rate anybody may set between two steps. */
class PacedAdam extends tf.AdamOptimizer {
  set rate(rate: number) {
    this.learningRate = rate;
  }
}

export interface Trainer {
  classifier: Classifier;
  contender: Contender;
  shape: NetworkShape;
  optimizer: PacedAdam;
  /** [1, batches], one-hot: which batch comes next. */
  turn: tf.Variable<tf.Rank.R2>;
  /** Loss of the last step, in nats. */
  loss: tf.Variable<tf.Rank.R0>;
}

export function startTrainer(random: Random, contender: Contender, shape: NetworkShape, batches: Batches): Trainer {
  const [count] = batches.patches.shape;
  const first = new Float32Array(count);
  first[0] = 1;
  return {
    contender,
    shape,
    classifier: startClassifier(random, contender, shape),
    optimizer: new PacedAdam(RATE, 0.9, 0.999, 1e-7),
    ...tf.tidy(() => ({
      turn: tf.variable(tf.tensor2d(first, [1, count])),
      loss: tf.variable(tf.scalar(Math.log(CLASSES))),
    })),
  };
}

/** The rate for what comes after `step` of `steps`: small at the very start, then falls from 0.003 to 0 as a cosine. */
export function setRate({ optimizer }: Trainer, step: number, steps: number): void {
  optimizer.rate = RATE * Math.min(1, (step + 1) / WARM_UP) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}

/** One step of Adam on the next batch. */
export function trainStep({ classifier, contender, shape, optimizer, turn, loss }: Trainer, batches: Batches): void {
  tf.tidy(() => {
    // A product with a one-hot row copies that row to the bit.
    const tokens = tokensOf(shape.map);
    const patches: tf.Tensor3D = tf.reshape(tf.matMul(turn, batches.patches), [BATCH, tokens, PATCH ** 2]);
    const labels: tf.Tensor2D = tf.reshape(tf.matMul(turn, batches.labels), [BATCH, CLASSES]);
    const value = optimizer.minimize(
      () => crossEntropy(logitsOf(classifier, contender, shape, patches), labels),
      true,
      variablesOf(classifier),
    );
    loss.assign(value as tf.Scalar);
    turn.assign(tf.matMul(turn, batches.next));
  });
}

/** Pictures that are judged at a time. */
const PART = 100;

/** [pictures, 10]: probabilities of the classes for `patches` [pictures * tokens * 16]. */
export function judge({ classifier, contender, shape }: Trainer, patches: Float32Array): Float32Array {
  const each = tokensOf(shape.map) * PATCH ** 2;
  const pictures = patches.length / each;
  const all = new Float32Array(pictures * CLASSES);
  for (let from = 0; from < pictures; from += PART) {
    const count = Math.min(PART, pictures - from);
    const part = tf.tidy(() =>
      tf
        .softmax(
          logitsOf(
            classifier,
            contender,
            shape,
            tf.tensor3d(patches.subarray(from * each, (from + count) * each), [count, tokensOf(shape.map), PATCH ** 2]),
          ),
        )
        .dataSync(),
    );
    all.set(part, from * CLASSES);
  }
  return all;
}
