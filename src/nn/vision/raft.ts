/**
 * RaftMLP's token mixing (Tatsunami and Taki): along columns, then along rows, r channels at a time. A raft joins the
 * channels k, k + C/r, k + 2 C/r, … (not neighbours).
 */
import { type Operator, reachesAll, tokensOf } from './operator';

export interface RaftOptions {
  /** Raft size r: channels that are mixed together. Must divide the channels. */
  raft: number;
}

/** Hidden units per unit of a raft's vector. */
export const EXPANSION = 2;

export const raft: Operator<RaftOptions> = {
  refuses: ({ channels }, { raft }) =>
    channels % raft === 0 ? null : `the raft size ${raft} does not divide ${channels} channels`,
  weights: ({ height, width, channels }, { raft: r }) =>
    2 * EXPANSION * r ** 2 * (height ** 2 + width ** 2) + (EXPANSION + 1) * r * (height + width) + 4 * channels,
  macs: (map, { raft: r }) => 2 * EXPANSION * r * map.channels * tokensOf(map) * (map.height + map.width),
  reach: reachesAll,
};
