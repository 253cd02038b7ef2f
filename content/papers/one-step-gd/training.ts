/** Pre-training: fresh prompts at every step, so that the loss is the one the theorem speaks of. */
import type { Random, Stream } from '#lab/random';
import { finite } from '#lab/stopped';
import * as tf from '#lab/tf';
import { type Attention, attend, attentionLayer, effectiveMap } from './attention';
import { drawPrompts, inAxes, type Prompts, type Task } from './task';
import { optimalMap, risk, stepOf } from './theory';

/** Prompts kept aside to measure the loss on. */
const HELD_OUT = 1024;

export interface Training {
  task: Task;
  layer: Attention;
  optimizer: tf.AdamOptimizer;
  stream: Stream;
  heldOut: { tokens: tf.Tensor3D; queries: tf.Tensor2D; targets: tf.Tensor1D };
  /** Squared errors of the closed-form layer on the held-out prompts, mean. */
  optimumOnHeldOut: number;
  history: TrainingHistory;
  /** The effective map as last measured, [d + 1][d]. */
  map: number[][];
}

export interface TrainingHistory {
  step: number[];
  /** tr(Lambda B) / d of the learned map. */
  eta: number[];
  /** Relative Frobenius distance to the closed form; null where that is zero. */
  error: (number | null)[];
  loss: number[];
}

const asTensors = ({ tokens, queries, targets }: Prompts, n: number) => {
  const batch = targets.length;
  return {
    tokens: tf.tensor3d(tokens, [batch, n, tokens.length / batch / n]),
    queries: tf.tensor2d(queries, [batch, queries.length / batch]),
    targets: tf.tensor1d(targets),
  };
};

/** Answers u . x_q with u = B S of every prompt, in double precision. B is [d][d]. */
export function stepAnswers(
  { tokens, queries, targets }: Prompts,
  n: number,
  B: readonly (readonly number[])[],
): number[] {
  const d = B.length;
  return Array.from(targets, (_, b) => {
    const S = new Array<number>(d).fill(0);
    for (let i = 0; i < n; i++) {
      const at = (b * n + i) * (d + 1);
      for (let j = 0; j < d; j++) S[j] = (S[j] as number) + (tokens[at + d] as number) * (tokens[at + j] as number);
    }
    return B.reduce(
      (sum, row, j) =>
        sum + (queries[b * (d + 1) + j] as number) * row.reduce((s, x, k) => s + x * (S[k] as number), 0),
      0,
    );
  });
}

const meanSquare = (answers: ArrayLike<number>, targets: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < answers.length; i++) sum += ((answers[i] as number) - (targets[i] as number)) ** 2;
  return sum / answers.length;
};

/** An untrained layer and all that its training needs. `diagonal` 0 starts from small random weights alone. */
export function startTraining(task: Task, random: Random, diagonal: number): Training {
  const heldOut = drawPrompts(random('held-out'), task, HELD_OUT);
  const optimum = inAxes(task, optimalMap(task));
  return {
    task,
    layer: attentionLayer(random, task.lambda.length, diagonal),
    optimizer: tf.train.adam(0.01),
    stream: random('prompts'),
    heldOut: asTensors(heldOut, task.examples),
    optimumOnHeldOut: meanSquare(stepAnswers(heldOut, task.examples, optimum), heldOut.targets),
    history: { step: [], eta: [], error: [], loss: [] },
    map: [],
  };
}

// #region step
/** One Adam step on `batch` new prompts, with the rate falling to zero along a half cosine over `of` steps. */
export function trainStep(
  { task, layer, optimizer, stream }: Training,
  batch: number,
  rate: number,
  step: number,
  of: number,
): void {
  const prompts = drawPrompts(stream, task, batch);
  // tfjs reads the rate at every step, but declares it for subclasses only.
  (optimizer as unknown as { learningRate: number }).learningRate =
    rate * 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / of));
  tf.tidy(() => {
    const { tokens, queries, targets } = asTensors(prompts, task.examples);
    optimizer.minimize(
      () => tf.losses.meanSquaredError(targets, attend(layer, tokens, queries, task.examples)) as tf.Scalar,
      false,
      Object.values(layer),
    );
  });
}
// #endregion

/**
 * Adds a measurement to the history. The loss is the closed form's plus the difference of both on the same held-out
 * prompts: what chance there is in the prompts falls on both alike and cancels.
 */
export async function measureTraining(training: Training, step: number): Promise<void> {
  const { task, layer, heldOut, history, optimumOnHeldOut } = training;
  const squared = tf.tidy(() =>
    tf.losses.meanSquaredError(heldOut.targets, attend(layer, heldOut.tokens, heldOut.queries, task.examples)),
  );
  const [onHeldOut] = await squared.data();
  squared.dispose();
  finite('the loss', onHeldOut as number);
  const map = await effectiveMap(layer, task.examples);
  training.map = map;
  const optimum = optimalMap(task);
  const B = inAxes(task, optimum);
  const distance = Math.hypot(...map.flatMap((row, i) => row.map((x, j) => x - (B[i]?.[j] ?? 0))));
  const size = Math.hypot(...B.flat());
  history.step.push(step);
  history.eta.push(stepOf(task, diagonalInAxes(task, map)));
  history.error.push(size > 1e-9 ? distance / size : null);
  history.loss.push(risk(task, optimum) + (onHeldOut as number) - optimumOnHeldOut);
}

/** The diagonal entries r_k^T B r_k of the learned map along the task's axes r_k. */
export function diagonalInAxes({ axes, lambda }: Task, map: readonly (readonly number[])[]): number[] {
  return lambda.map((_, k) =>
    axes
      ? lambda.reduce(
          (sum, _l, i) =>
            sum +
            lambda.reduce(
              (s, _m, j) => s + (axes[i]?.[k] as number) * (map[i]?.[j] as number) * (axes[j]?.[k] as number),
              0,
            ),
          0,
        )
      : (map[k]?.[k] as number),
  );
}

/** Named weights for the export. */
export const trainedWeights = ({ layer }: Training) => ({ ...layer });

export const copyHistory = ({ step, eta, error, loss }: TrainingHistory): TrainingHistory => ({
  step: [...step],
  eta: [...eta],
  error: [...error],
  loss: [...loss],
});
