/** "Down to the bigram circuit": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

const total = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0);

export function summary({ kept, r, top, surprisal, evaluationSurprisal, onContext, perMatrix }: Frame) {
  const share = (part: RegExp) =>
    total(perMatrix.filter(({ name }) => part.test(name)).map((m) => m.kept)) /
    Math.max(1, total(perMatrix.map((m) => m.kept)));

  const mean = (part: 'full' | 'sub') => total(surprisal.map((at) => at[part])) / surprisal.length;
  return {
    keptShare: kept,
    bigramCorrelation: r,
    evaluationSurprisal,
    contextDependence: onContext,
    firstMlpShare: share(/^block0\.(up|down)$/),
    attentionShare: share(/\.(qkv|out)$/),
    fullSurprisal: mean('full'),
    keptSurprisal: mean('sub'),
    /** Half the sum of differences over the tokens shown: how far the two lie apart there. */
    keptToBigram: total(top.map(({ sub, bigram }) => Math.abs(sub - bigram))) / 2,
    fullToBigram: total(top.map(({ full, bigram }) => Math.abs(full - bigram))) / 2,
  };
}

export type Summary = ReturnType<typeof summary>;

export const probe = defineExperiment({
  id: 'bigram-subnetworks/probe',
  title: 'Down to the bigram circuit',
  params,
  steps: () => 0,
  hint: 'Choose another text.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: {},
});
