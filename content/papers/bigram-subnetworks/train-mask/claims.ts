/** What "Train a mask" claims. All claims of a seed share one run. */
import type { Bench, Claim } from '#lab/experiment';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import { type params, STEPS } from './params';

const end = async (run: Bench<typeof params, Frame, Summary>, seed: number) => (await run({ seed }, STEPS)).summary;

const UNTESTED =
  'Sparsity: this small model needs a fifth of its weights to be a bigram model. The paper reports less than a five-hundredth for a model of a billion weights.';

export const claims: Claim<typeof params, Frame, Summary>[] = [
  {
    id: 'mini-mask-is-bigram',
    statement: 'A mask trained here with λ = 1 decides within the run, and its subnetwork goes with the bigram model.',
    source:
      'The paper’s finding; the bound for our scale was set before the run. Later β was made to grow by 1.021 a step in place of 1.016, and 1,024 tokens judge in place of 2,048, to save time; it held before, too',
    quantity: 'Correlation r with bigram surprisals on 1,024 tokens, 0 if gates are undecided',
    criterion: { relation: '>=', threshold: 0.85, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: UNTESTED,
    measure: async (run, seed) => {
      const { bigramCorrelation, stepsUntilDecided } = await end(run, seed);
      return stepsUntilDecided === null ? 0 : (bigramCorrelation ?? Number.NaN);
    },
  },
  {
    id: 'mini-mask-is-sparse',
    statement: 'It keeps less than a quarter of the weights.',
    source:
      'A finding of this page. The bound was set after a first result: with a slower growth of β the mask had kept 0.21',
    quantity: 'Share of the weights of attention and MLP that is kept',
    criterion: { relation: '<=', threshold: 0.25, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: UNTESTED,
    measure: async (run, seed) => (await end(run, seed)).keptShare,
  },
];
