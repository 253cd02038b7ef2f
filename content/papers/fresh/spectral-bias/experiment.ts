/** "Low frequencies first": the description that page, command line and tests read. The mechanism is beside it. */
import { defineExperiment } from '#lab/experiment';
import { spearman } from '#math/spearman';
import { charts, firstLearned } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

/** Steps of a full run; a frequency that is not learned by then counts as learned at twice this. */
export const STEPS = 1500;

export function summary(frame: Frame) {
  const { history, variance, tracked } = frame;
  const first = firstLearned(frame);
  const end = history.step.at(-1) ?? 0;
  const loss = history.loss.at(-1) ?? Number.NaN;
  const below = history.loss.findIndex((l) => l < 0.05 * variance);
  const order = spearman(
    tracked,
    first.map((step) => step ?? 2 * end),
  );
  return {
    finalLoss: loss,
    /** Mean squared error over the target's variance: 1 = as bad as a constant. */
    relativeLoss: loss / variance,
    /** Spearman correlation of frequency and the step at which it is learned; null before there is an order. */
    orderCorrelation: Number.isNaN(order) ? null : order,
    learnedFrequencies: first.filter((step) => step !== null).length,
    /** First measured step with relative loss below 5 %. */
    stepsTo5Percent: history.step[below] ?? null,
  };
}

export type Summary = ReturnType<typeof summary>;

export const spectralBias = defineExperiment({
  id: 'fresh/spectral-bias',
  title: 'Low frequencies first',
  params,
  steps: () => STEPS,
  measureEvery: 20,
  cost: ({ width, depth }) => width * width * Math.max(1, depth - 2) + 40 * width,
  hint: 'Lower the learning rate (a third of it is a good start) and reset.',
  act: {
    /** Sets one slider of the mixing desk; a drawing, if there was one, gives way. */
    amplitudes: ({ amplitudes }, { index, value }) => ({
      amplitudes: amplitudes.map((a, i) => (i === index ? value : a)),
      drawn: [],
    }),
  },
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { width: 16, depth: 3, amplitudes: [1, 0, 1, ...new Array(13).fill(0)] },
});
