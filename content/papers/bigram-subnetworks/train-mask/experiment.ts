/** "Train a mask": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params, STEPS } from './params';

export function summary({ taken, done, history, perMatrix }: Frame) {
  const now = history.at(-1);
  const kept = perMatrix.reduce((sum, m) => sum + m.kept, 0);
  const first = perMatrix.filter(({ name }) => /^block0\.(up|down)$/.test(name)).reduce((sum, m) => sum + m.kept, 0);
  return {
    keptShare: kept / perMatrix.reduce((sum, { size }) => sum + size, 0),
    firstMlpShare: first / Math.max(1, kept),
    bigramCorrelation: now?.r ?? null,
    largestCorrelation: now?.largestR ?? null,
    crossEntropy: now?.crossEntropy ?? null,
    stepsUntilDecided: done ? taken : null,
  };
}

export type Summary = ReturnType<typeof summary>;

export const trainMask = defineExperiment({
  id: 'bigram-subnetworks/train-mask',
  title: 'Train a mask',
  params,
  steps: () => STEPS,
  measureEvery: 20,
  cost: ({ batch }) => batch,
  hint: 'Take a smaller learning rate and reset.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  // Decides within some sixty steps; those after it do nothing.
  quick: { batch: 4, growth: 1.1, rate: 0.1 },
});
