/** "A prompt of your own": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

const mean = (xs: readonly number[]) => (xs.length > 0 ? xs.reduce((sum, x) => sum + x, 0) / xs.length : null);

export const summary = ({ keptShare, fromBigram, moved, surprisal, r }: Frame) => ({
  keptShare,
  /** KL divergence of the bigram's row behind the chosen token, in nats. */
  fullDivergence: fromBigram.full,
  keptDivergence: fromBigram.kept,
  /** Probability moved by the opposite order of the tokens before. */
  fullMoved: moved.full,
  keptMoved: moved.kept,
  /** Bits per token of the text. */
  fullSurprisal: mean(surprisal.map(({ full }) => full)),
  keptSurprisal: mean(surprisal.map(({ kept }) => kept)),
  fullCorrelation: r.full,
  keptCorrelation: r.kept,
});

export type Summary = ReturnType<typeof summary>;

export const probe = defineExperiment({
  id: 'bigram-subnetworks/probe',
  title: 'A prompt of your own',
  params,
  steps: () => 0,
  hint: 'Choose another text.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  // Another seed then keeps other weights.
  quick: { keep: 'random' },
});
