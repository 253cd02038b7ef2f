/** What the slopes of "Build a raft" say: which tokens and which channels an output depends on. */
import type { Frame } from './mechanism';

/** Tokens with a slope in any channel; a slope that is not there is exactly 0. */
export const tokensSeen = (slopes: Frame['both']): number =>
  (slopes[0] ?? []).filter((_, t) => slopes.some((channel) => (channel[t] as number) > 0)).length;

/** Channels with a slope at any token. */
export const channelsSeen = (slopes: Frame['both']): number[] =>
  slopes.flatMap((channel, c) => (channel.some((slope) => slope > 0) ? [c] : []));

/** The channels of the raft that holds `channel`: a stride of `channels / raft` apart. */
export function raftOf(channel: number, raft: number, channels: number): number[] {
  const stride = channels / raft;
  return Array.from({ length: raft }, (_, rho) => rho * stride + (channel % stride));
}
