/** "Train a mask": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

export const summary = ({ keptShare, r, largestR, taken, done, history }: Frame) => ({
  keptShare,
  bigramCorrelation: r,
  largestCorrelation: largestR,
  crossEntropy: history.at(-1)?.crossEntropy ?? null,
  stepsUntilDecided: done ? taken : null,
});

export type Summary = ReturnType<typeof summary>;

export const trainMask = defineExperiment({
  id: 'bigram-subnetworks/train-mask',
  title: 'Train a mask',
  params,
  steps: () => 400,
  measureEvery: 5,
  hint: 'Take a smaller learning rate and reset.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: {},
});
