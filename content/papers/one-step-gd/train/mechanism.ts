/** The paper's setting: one linear attention layer, all four matrices trained on fresh regression prompts. */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Random } from '#lab/random';
import { RunStopped } from '#lab/stopped';
import { ridge } from '../regression';
import { drawPrompts, inAxes, type Task } from '../task';
import { drawnTeacher, teachers } from '../teachers';
import { optimalMap, risk, stepOf } from '../theory';
import { copyHistory, diagonalInAxes, measureTraining, startTraining, trainedWeights, trainStep } from '../training';
import { type params, STEPS } from './params';

type Settings = Values<typeof params>;

/** Eigenvalues from sqrt(condition) down to 1 / sqrt(condition), in equal ratios. */
const eigenvalues = (d: number, condition: number) =>
  Array.from({ length: d }, (_, i) => condition ** (0.5 - i / (d - 1)));

function taskOf({ dimension, examples, noise, condition, prior, target, drawn }: Settings): Task {
  const lambda = eigenvalues(dimension, condition);
  const gamma = lambda.map((l) => (prior === 'inverse' ? 1 / l : 1));
  if (target === 'linear') return { examples, noise, lambda, gamma };
  if (target === 'drawn' && drawn.length < 2) {
    throw new RunStopped('No target is drawn yet.', 'Draw a curve from z = −3 to 3, or choose another target.');
  }
  return { examples, noise, lambda, gamma, teacher: target === 'drawn' ? drawnTeacher(drawn) : teachers[target] };
}

/** Monte Carlo risk of the Bayes estimate: ridge regression, the query averaged over in closed form. */
function ridgeRisk(task: Task, random: Random): number | null {
  const { examples: n, noise, lambda, gamma, teacher } = task;
  if (teacher) return null;
  const d = lambda.length;
  if (noise === 0 && n < d) return null;
  const count = 1000;
  const { tokens, weights } = drawPrompts(random('ridge'), task, count);
  const precision = inAxes(
    task,
    gamma.map((g) => noise ** 2 / g),
  );
  let total = 0;
  for (let b = 0; b < count; b++) {
    const points = Array.from({ length: n }, (_, i) => {
      const at = (b * n + i) * (d + 1);
      return { x: Array.from(tokens.subarray(at, at + d)), y: tokens[at + d] as number };
    });
    const w = ridge(points, precision);
    if (!w) return null;
    total += lambda.reduce((sum, l, j) => sum + l * ((w[j] as number) - (weights[b * d + j] as number)) ** 2, 0);
  }
  return total / count;
}

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    const task = taskOf(p);
    return {
      training: startTraining(task, random, p.start === 'identity' ? 0.5 : 0),
      /** The learned diagonal in whitened coordinates, one list per direction. */
      diagonal: task.lambda.map(() => [] as number[]),
      ridgeLoss: ridgeRisk(task, random),
    };
  },
  step({ training }, { params: { batch, learningRate }, step }) {
    trainStep(training, batch, learningRate, step, STEPS);
  },
  async measure({ training, diagonal }, { step }) {
    await measureTraining(training, step);
    const { task, map } = training;
    diagonalInAxes(task, map).forEach((b, i) => {
      diagonal[i]?.push(b * (task.lambda[i] as number));
    });
  },
  frame({ training: { task, history, map }, diagonal, ridgeLoss }) {
    const optimum = optimalMap(task);
    const optimalEta = stepOf(task, optimum);
    const nullLoss = risk(
      task,
      optimum.map(() => 0),
    );
    // The shape whose multiples the parabola runs through; where the optimum is zero, the whitened step.
    const shape = task.lambda.map((l, i) => (optimalEta > 1e-9 ? (optimum[i] as number) / optimalEta : 1 / l));
    const reach = Math.max(2.2 * optimalEta, 1.2 * Math.abs(history.eta.at(-1) ?? 0), 0.02);
    return {
      ...copyHistory(history),
      diagonal: diagonal.map((entries) => [...entries]),
      /** [d + 1][d] */
      map: map.map((row) => [...row]),
      /** [d + 1][d]: B, and a last row of zeros. */
      optimum: [...inAxes(task, optimum), optimum.map(() => 0)],
      optimalDiagonal: optimum.map((b, i) => b * (task.lambda[i] as number)),
      optimalEta,
      optimalLoss: risk(task, optimum),
      nullLoss,
      ridgeLoss,
      parabola: Array.from({ length: 45 }, (_, i) => {
        const eta = (reach * i) / 44;
        return {
          eta,
          loss: risk(
            task,
            shape.map((s) => s * eta),
          ),
        };
      }),
    };
  },
  weights: ({ training }) => trainedWeights(training),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
