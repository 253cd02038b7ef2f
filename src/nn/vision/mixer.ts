/** MLP-Mixer's token mixing (Tolstikhin et al. 2021): one two-layer network over all tokens, the same for every channel. */
import { type Operator, reachesAll, tokensOf } from './operator';

export interface MixerOptions {
  /** Hidden units per token, e.g. 2. */
  expansion: number;
}

export const hiddenOf = (tokens: number, { expansion }: MixerOptions): number =>
  Math.max(1, Math.round(expansion * tokens));

export const mixer: Operator<MixerOptions> = {
  refuses: () => null,
  weights(map, options) {
    const tokens = tokensOf(map);
    const hidden = hiddenOf(tokens, options);
    return 2 * tokens * hidden + hidden + tokens + 2 * map.channels;
  },
  macs: (map, options) => 2 * map.channels * tokensOf(map) * hiddenOf(tokensOf(map), options),
  reach: reachesAll,
};
