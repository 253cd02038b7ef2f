/** What "What a raft can represent" claims, and how each claim is measured. */
import type { Bench, Claim } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import { type params, STEPS } from './params';

type KroneckerClaim = Claim<typeof params, Frame, Summary>;

const end = async (run: Bench<typeof params, Frame, Summary>, given: Partial<Values<typeof params>>) =>
  (await run(given, STEPS)).summary;

const SEEDS = [1, 2, 3];
const OURS = 'Derived on this page';

export const claims: KroneckerClaim[] = [
  {
    id: 'one-is-enough-for-blur',
    statement: 'A raft of 1 learns to move a picture, and to blur it by 3 × 3, exactly.',
    source: OURS,
    quantity: 'Larger of the two relative errors after 600 steps',
    criterion: { relation: '<=', threshold: 0.01, over: 'each seed' },
    seeds: SEEDS,
    untested: 'What GELU and LayerNorm add. A block of the paper is not linear.',
    async measure(run, seed) {
      const [moved, blurred] = [
        await end(run, { seed, target: 'shift', raft: 1 }),
        await end(run, { seed, target: 'box', raft: 1 }),
      ];
      return Math.max(moved.error ?? Number.NaN, blurred.error ?? Number.NaN);
    },
  },
  {
    id: 'plus-needs-two',
    statement: 'A plus-shaped stencil is beyond a raft of 1, and a raft of 2 learns it.',
    source: OURS,
    quantity: 'Relative error with r = 2 over that with r = 1',
    criterion: { relation: '<=', threshold: 0.05, over: 'each seed' },
    seeds: SEEDS,
    untested: 'What GELU and LayerNorm add.',
    async measure(run, seed) {
      const [one, two] = [await end(run, { seed, raft: 1 }), await end(run, { seed, raft: 2 })];
      return (two.error ?? Number.NaN) / (one.error ?? Number.NaN);
    },
  },
  {
    id: 'transpose-needs-all',
    statement: 'Exchanging rows and columns takes all 36 products: half a budget leaves an error of √½.',
    source: OURS,
    quantity: 'Distance of the error with r = 18 from √½',
    criterion: { relation: '<=', threshold: 0.01, over: 'each seed' },
    seeds: SEEDS,
    untested: 'What GELU and LayerNorm add.',
    measure: async (run, seed) =>
      Math.abs(((await end(run, { seed, target: 'transpose', raft: 18 })).error ?? Number.NaN) - Math.SQRT1_2),
  },
  {
    id: 'descent-finds-the-optimum',
    statement: 'On a random matrix gradient descent ends within 0.01 of the best raft of 8.',
    source: 'A finding of this page; the bound was set before the runs',
    quantity: 'Relative error minus the optimum by singular values',
    criterion: { relation: '<=', threshold: 0.01, over: 'each seed' },
    seeds: SEEDS,
    untested: 'Larger maps, and learning from pictures in place of the whole matrix.',
    measure: async (run, seed) => (await end(run, { seed, target: 'random', raft: 8 })).gap ?? Number.NaN,
  },
];
