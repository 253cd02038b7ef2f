/** "Build a raft": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { CHANNELS, params } from './params';
import { channelsSeen, raftOf, tokensSeen } from './seen';

export function summary({ vertical, both, token, raft, cost, correlations }: Frame) {
  const [seen, expected] = [channelsSeen(both), raftOf(token.channel, raft, CHANNELS)];
  const at = (r: number) => correlations.find((entry) => entry.raft === r) as Frame['correlations'][number];
  return {
    /** Tokens that the output depends on, after one half and after both. */
    reachedVertical: tokensSeen(vertical),
    reachedBoth: tokensSeen(both),
    channels: seen.length,
    /** Channels that it depends on but should not, or the other way round. */
    strayChannels: seen.filter((c) => !expected.includes(c)).length + expected.filter((c) => !seen.includes(c)).length,
    /** Token-mixing weights and multiply-adds as shares of Mixer's, without biases and norms. */
    weightShare: cost.weights / cost.mixerWeights,
    macShare: cost.macs / cost.mixerMacs,
    /** Correlations along row and column for r = 1, 2, 4, and how many times those elsewhere for r = 1. */
    line1: at(1).line,
    line2: at(2).line,
    line4: at(4).line,
    crossRatio1: at(1).line / at(1).rest,
  };
}

export type Summary = ReturnType<typeof summary>;

export const raft = defineExperiment({
  id: 'raft-mlp/raft',
  title: 'Build a raft',
  params,
  steps: () => 0,
  hint: 'Choose another token or a smaller map.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { side: 4 },
});
