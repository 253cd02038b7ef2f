/** What "Train a mask" claims, and how each claim is measured. */
import type { Claim } from '#lab/experiment';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import type { params } from './params';

export const claims: Claim<typeof params, Frame, Summary>[] = [
  {
    id: 'mini-mask-is-bigram',
    statement: 'A mask trained here with λ = 1 decides within 400 steps and goes with the bigram model.',
    source: 'The paper’s finding, at the size of this page',
    quantity: 'Correlation r with bigram surprisals, 0 if gates are undecided',
    criterion: { relation: '>=', threshold: 0.85, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Sparsity: this small model needs a fifth of its weights for it.',
    measure: async (run, seed) => {
      const { bigramCorrelation, stepsUntilDecided } = (await run({ seed }, 400)).summary;
      return stepsUntilDecided === null ? 0 : (bigramCorrelation ?? Number.NaN);
    },
  },
];
