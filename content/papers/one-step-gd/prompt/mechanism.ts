/** A layer is trained on random prompts; then it answers the reader's, beside four algorithms with a name. */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import * as tf from '#lab/tf';
import { type Attention, attend } from '../attention';
import { correlation, type Point, ridge } from '../regression';
import type { Task } from '../task';
import { bestScalarStep, optimalMap } from '../theory';
import { copyHistory, measureTraining, startTraining, trainedWeights, trainStep } from '../training';
import { type params, STEPS } from './params';

type Settings = Values<typeof params>;

/** n of the training prompts; the reader's may be shorter. */
const EXAMPLES = 12;
const BATCH = 128;
const RATE = 0.01;

function taskOf({ inputs, noise, condition }: Settings): Task {
  const lambda = inputs === '1' ? [1] : [Math.sqrt(condition), 1 / Math.sqrt(condition)];
  return { examples: EXAMPLES, noise, lambda, gamma: lambda.map((l) => 1 / l) };
}

function promptOf({ inputs, points, labels }: Settings): Point[] {
  return Array.from({ length: points.length / 2 }, (_, i) => {
    const [first, second] = [points[2 * i] as number, points[2 * i + 1] as number];
    return inputs === '1' ? { x: [first], y: second } : { x: [first, second], y: labels[i] as number };
  });
}

/** The layer's answers to queries e_1 … e_d: since the answer is linear in the query, its weight vector. */
async function layerWeights(layer: Attention, points: readonly Point[], d: number): Promise<number[]> {
  if (points.length === 0) return new Array<number>(d).fill(0);
  const answers = tf.tidy(() => {
    const tokens = tf.tensor3d(
      Array.from({ length: d }, () => points.map(({ x, y }) => [...x, y])),
      [d, points.length, d + 1],
    );
    return attend(layer, tokens, tf.eye(d, d + 1), EXAMPLES);
  });
  const weights = await answers.data();
  answers.dispose();
  return Array.from(weights);
}

export const mechanism = defineMechanism<typeof params>()({
  setup: ({ params: p, random }) => ({ training: startTraining(taskOf(p), random, 0.5) }),
  step({ training }, { step }) {
    trainStep(training, BATCH, RATE, step, STEPS);
  },
  measure: ({ training }, { step }) => measureTraining(training, step),
  // The prompt is live: a frame reads it anew, and nothing in the state depends on it.
  update: () => undefined,
  async frame({ training: { task, layer, history } }, { params: p }) {
    const points = promptOf(p);
    const d = task.lambda.length;
    const query = [p.query1, p.query2].slice(0, d);
    const S = correlation(points, d);
    const precision = task.gamma.map((g, i) => task.gamma.map((_, j) => (i === j ? p.noise ** 2 / g : 0)));
    const B = optimalMap(task);
    const scalar = bestScalarStep(task);
    const predictors: { name: string; w: number[] | null }[] = [
      { name: 'trained layer', w: await layerWeights(layer, points, d) },
      { name: 'one GD step', w: S.map((s) => scalar * s) },
      { name: 'preconditioned step', w: S.map((s, i) => s * (B[i] as number)) },
      { name: 'ridge (Bayes)', w: ridge(points, precision) },
      {
        name: 'least squares',
        w: ridge(
          points,
          precision.map((row) => row.map(() => 0)),
        ),
      },
    ];
    return {
      ...copyHistory(history),
      d,
      points,
      query,
      predictors: predictors.map(({ name, w }) => ({
        name,
        w,
        answer: w?.reduce((sum, x, i) => sum + x * (query[i] as number), 0) ?? null,
      })),
    };
  },
  weights: ({ training }) => trainedWeights(training),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
