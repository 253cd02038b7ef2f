/** What "Build a raft" claims, and how each claim is measured. */
import type { Claim } from '#lab/experiment';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import { CHANNELS, type params, RAFTS } from './params';

type RaftClaim = Claim<typeof params, Frame, Summary>;

const sizes = ['1', '2', '4', '8'] as const;
const SEEDS = [1, 2, 3];

/** Where the output looks from: a corner, an edge and the middle of a map of eight. */
const PLACES = [
  [-1, 1],
  [1, 0.1],
  [0.1, -0.1],
];

export const claims: RaftClaim[] = [
  {
    id: 'reach-in-one-block',
    statement: 'After the vertical half an output depends on exactly its column, after both halves on every token.',
    source: 'What the design is for (official code, PermutedBlock); the test is ours',
    quantity: 'Tokens too many or too few, over r = 1, 2, 4 and three tokens of 8 × 8',
    criterion: { relation: '<=', threshold: 0, over: 'each seed' },
    seeds: SEEDS,
    untested: 'Whether a trained network uses what it can reach.',
    async measure(run, seed) {
      let wrong = 0;
      for (const raft of ['1', '2', '4'] as const)
        for (const token of PLACES) {
          const { reachedVertical, reachedBoth } = (await run({ seed, raft, token }, 0)).summary;
          wrong += Math.abs(reachedVertical - 8) + Math.abs(reachedBoth - 64);
        }
      return wrong;
    },
  },
  {
    id: 'channels-of-a-raft',
    statement: 'Without LayerNorm an output depends on the r channels a stride of C/r apart, and on no other.',
    source: 'How the official code groups channels (RaftShrink, RaftExpansion); the test is ours',
    quantity: 'Channels too many or too few, over r = 1, 2, 4, 8 and all eight channels',
    criterion: { relation: '<=', threshold: 0, over: 'each seed' },
    seeds: SEEDS,
    untested: 'Nothing: this is the structure. With LayerNorm all channels of a token meet; switch it on and see.',
    async measure(run, seed) {
      let wrong = 0;
      for (const raft of sizes)
        for (let channel = 0; channel < CHANNELS; channel++)
          wrong += (await run({ seed, raft, channel, side: 4 }, 0)).summary.strayChannels;
      return wrong;
    },
  },
  {
    id: 'price-formula',
    statement: 'Counted from its tensors, a raft costs 2r²/h² of Mixer’s weights and 2r/h of its multiply-adds.',
    source: 'Derived on this page',
    quantity: 'Largest relative difference, over r = 1, 2, 4, 8 and h = 7, 14',
    criterion: { relation: '<=', threshold: 1e-12, over: 'each seed' },
    seeds: SEEDS,
    untested: 'Nothing: this is arithmetic. Biases and norms are left out on both sides.',
    async measure(run, seed) {
      let worst = 0;
      for (const side of [7, 14])
        for (const [i, raft] of sizes.entries()) {
          const { weightShare, macShare } = (await run({ seed, raft, side }, 0)).summary;
          const r = RAFTS[i] as number;
          worst = Math.max(
            worst,
            Math.abs(weightShare / ((2 * r * r) / (side * side)) - 1),
            Math.abs(macShare / ((2 * r) / side) - 1),
          );
        }
      return worst;
    },
  },
  {
    id: 'noise-becomes-a-cross',
    statement:
      'What an untrained block of r = 1 adds to white noise correlates at least twice as much along the token’s row and column as elsewhere.',
    source:
      'A finding of this page; the bound was set after trying the three seeds at another token, where all had more',
    quantity: 'Ratio of root mean square correlations',
    criterion: { relation: '>=', threshold: 2, over: 'each seed' },
    seeds: SEEDS,
    untested: 'Trained weights, whose columns and rows need not look like noise.',
    measure: async (run, seed) => (await run({ seed }, 0)).summary.crossRatio1,
  },
  {
    id: 'rafts-spread-thinner',
    statement: 'Along row and column, a raft of 4 correlates less than a raft of 1.',
    source: 'A finding of this page; the bound was set after trying the three seeds at another token',
    quantity: 'Root mean square correlation of r = 4 over that of r = 1',
    criterion: { relation: '<=', threshold: 0.85, over: 'each seed' },
    seeds: SEEDS,
    untested: 'Trained weights.',
    async measure(run, seed) {
      const { line1, line4 } = (await run({ seed }, 0)).summary;
      return line4 / line1;
    },
  },
];
