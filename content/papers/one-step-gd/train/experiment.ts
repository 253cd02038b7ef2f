/** "Attention becomes gradient descent": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params, STEPS } from './params';

export const summary = ({ eta, error, loss, optimalEta, optimalLoss, ridgeLoss, nullLoss }: Frame) => ({
  /** tr(ΛB)/d of the learned map: the step size where all directions are equal. */
  learnedEta: eta.at(-1) ?? null,
  optimalEta,
  /** Null where the closed form is zero. */
  relativeWeightError: error.at(-1) ?? null,
  loss: loss.at(-1) ?? Number.NaN,
  optimalLoss,
  /** Null for nonlinear targets, where ridge regression is not the Bayes estimate, and where it has no solution. */
  ridgeLoss,
  nullLoss,
});

export type Summary = ReturnType<typeof summary>;

export const train = defineExperiment({
  id: 'one-step-gd/train',
  title: 'Attention becomes gradient descent',
  params,
  steps: () => STEPS,
  measureEvery: 25,
  cost: ({ batch, examples, dimension }) => 20_000 + batch * examples * (dimension + 1),
  hint: 'Lower the learning rate and reset.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { dimension: 2, examples: 4, batch: 16 },
});
