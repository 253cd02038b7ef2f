/** "The turn in the residual stream": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { type measures, type Network, params, STEPS } from './params';

export const of = ({ networks }: Pick<Frame, 'networks'>, network: Network) =>
  networks.find((entry) => entry.network === network) as Frame['networks'][number];

export function summary(f: Frame) {
  const at = (network: Network, what: (typeof measures)[number], stage: number) =>
    of(f, network).measured[what][stage] ?? null;
  const similarity = (network: Network) => of(f, network).similarity[0]?.[1] ?? null;
  return {
    fullAngleBefore: at('full', 'angle', 0),
    fullAngleAfter: at('full', 'angle', 1),
    subnetworkAngleBefore: at('subnetwork', 'angle', 0),
    subnetworkAngleAfter: at('subnetwork', 'angle', 1),
    randomAngleBefore: at('random', 'angle', 0),
    complementAngleBefore: at('complement', 'angle', 0),
    /** Of the covariances before and after the first block. */
    fullSimilarity: similarity('full'),
    subnetworkSimilarity: similarity('subnetwork'),
    randomSimilarity: similarity('random'),
    complementSimilarity: similarity('complement'),
    fullOutputLensBefore: at('full', 'outputLens', 0),
    fullOutputLensAfter: at('full', 'outputLens', 1),
    fullInputLensAfter: at('full', 'inputLens', 1),
    fullInputLensEnd: at('full', 'inputLens', 4),
    fullLogitLensBefore: at('full', 'logitLens', 0),
    fullLogitLensAfter: at('full', 'logitLens', 1),
    fullLogitLensEnd: at('full', 'logitLens', 4),
  };
}

export type Summary = ReturnType<typeof summary>;

export const residual = defineExperiment({
  id: 'bigram-subnetworks/residual',
  title: 'The turn in the residual stream',
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
