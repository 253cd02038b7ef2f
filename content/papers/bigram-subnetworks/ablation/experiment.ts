/** "Keep it, or take it out": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import type { Keep } from '../kinds';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame, Judged } from './mechanism';
import { NETWORKS, PARTS, params } from './params';

export const of = ({ judged }: Pick<Frame, 'judged'>, lambda: Judged['lambda'], keep: Keep = 'subnetwork') =>
  judged.find((entry) => entry.lambda === lambda && entry.keep === keep);

export const summary = (f: Frame) => ({
  bigramSurprisal: f.bigramNats,
  fullSurprisal: of(f, 'full')?.nats ?? null,
  emptySurprisal: of(f, 'empty')?.nats ?? null,
  subnetworkSurprisal: of(f, '1')?.nats ?? null,
  complementSurprisal: of(f, '1', 'complement')?.nats ?? null,
  randomComplementSurprisal: of(f, '1', 'random-complement')?.nats ?? null,
  fullCorrelation: of(f, 'full')?.r ?? null,
  emptyCorrelation: of(f, 'empty')?.r ?? null,
  subnetworkCorrelation: of(f, '1')?.r ?? null,
  sparsestCorrelation: of(f, '30')?.r ?? null,
  randomCorrelation: of(f, '1', 'random')?.r ?? null,
  largestCorrelation: of(f, '1', 'largest')?.r ?? null,
  fullOnContext: of(f, 'full')?.onContext ?? null,
  subnetworkOnContext: of(f, '1')?.onContext ?? null,
  keptShare: of(f, '1')?.keptShare ?? null,
  sparsestKeptShare: of(f, '30')?.keptShare ?? null,
});

export type Summary = ReturnType<typeof summary>;

/** Steps until every network is judged. */
export const STEPS = NETWORKS * PARTS;

export const ablation = defineExperiment({
  id: 'bigram-subnetworks/ablation',
  title: 'Keep it, or take it out',
  params,
  steps: () => STEPS,
  cost: ({ windows }) => windows,
  hint: 'Take fewer windows.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { windows: 16 },
});
