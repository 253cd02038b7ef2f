/** What the calculator's claims are, and how each is measured. */
import type { Bench, Claim } from '#lab/experiment';
import type { NetworkJson } from '../schema';
import { STEPS, type Summary } from './experiment';
import type { Frame } from './mechanism';
import type { params } from './params';

type BoundClaim = Claim<typeof params, Frame, Summary>;
type Run = Bench<typeof params, Frame, Summary>;

const number = (x: number | null) => x ?? Number.NaN;

/** Two identity matrices with one MaxMin pair between them. */
const onePair: NetworkJson = {
  layers: [
    {
      weight: [
        [1, 0],
        [0, 1],
      ],
      activation: 'maxmin',
    },
    {
      weight: [
        [1, 0],
        [0, 1],
      ],
      activation: 'linear',
    },
  ],
};

const summaryOf = async (run: Run, given: Parameters<Run>[0]) => (await run(given, STEPS)).summary;

export const claims: BoundClaim[] = [
  {
    id: 'one-pair-is-one',
    statement: 'A single MaxMin layer has constant 1, and the new constraints say so.',
    source: 'The paper’s lemma on GroupSort and MaxMin; the figure is ours',
    quantity: 'Distance of the bound to 1',
    criterion: { relation: '<=', threshold: 1e-5, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Nothing: the program has one pair, and the seed plays no part.',
    measure: async (run, seed) => Math.abs(number((await summaryOf(run, { seed, network: onePair })).sdpTOnly) - 1),
  },
  {
    id: 'rewriting-is-root-two',
    statement: 'The same layer, rewritten as a residual ReLU block, gets the bound √2.',
    source: 'The abstract says that the rewriting is loose; the value √2 is derived on this page',
    quantity: 'Distance of the bound to √2',
    criterion: { relation: '<=', threshold: 1e-5, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Nothing: the program has one pair, and the seed plays no part.',
    measure: async (run, seed) =>
      Math.abs(number((await summaryOf(run, { seed, network: onePair })).residualReluBound) - Math.SQRT2),
  },
  {
    id: 'tighter-than-product',
    statement: 'With T alone, the bound of a MaxMin network lies at least a tenth below the product of norms.',
    source: 'Abstract: less conservative than existing approaches. Networks and threshold are ours',
    quantity: 'Bound with T only over the product of norms',
    criterion: { relation: '<=', threshold: 0.9, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'The trained networks of the paper, whose tables we could not read.',
    measure: async (run, seed) => {
      const s = await summaryOf(run, { seed });
      return number(s.sdpTOnly) / number(s.productBound);
    },
  },
  {
    id: 'p-and-s-help',
    statement: 'P and S lower the bound of a feed-forward MaxMin network by more than 5 % below that of T alone.',
    source: 'A finding of this page: the paper’s lemma with our solver',
    quantity: 'Bound with P and S over bound with T only',
    criterion: { relation: '<=', threshold: 0.95, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Large networks.',
    measure: async (run, seed) => {
      const s = await summaryOf(run, { seed });
      return number(s.sdpWithPS) / number(s.sdpTOnly);
    },
  },
  {
    id: 'close-to-patterns',
    statement: 'With P and S, the bound is at most 15 % above that over all activation patterns.',
    source: 'A finding of this page',
    quantity: 'Bound with P and S over the pattern bound',
    criterion: { relation: '<=', threshold: 1.15, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Networks with too many patterns to enumerate: all that anyone would use.',
    measure: async (run, seed) => {
      const s = await summaryOf(run, { seed });
      return number(s.sdpWithPS) / number(s.patternBound);
    },
  },
  {
    id: 'linf-below-product',
    statement: 'In the ℓ∞ norm, too, the bound with P and S of these networks is below 0.6 of the product.',
    source: 'Abstract: less conservative in ℓ2 and ℓ∞. Networks and threshold are ours, set before the run',
    quantity: 'Bound with P and S over the product of the layers’ ℓ∞ norms',
    criterion: { relation: '<=', threshold: 0.6, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'That it always is: the page shows a network of two layers for which it is not.',
    measure: async (run, seed) => {
      const s = await summaryOf(run, { seed, norm: 'linf' });
      return number(s.sdpWithPS) / number(s.productBound);
    },
  },
  {
    id: 'certified',
    statement: 'Rounded up by a millionth, the best bound passes an independent check of its constraints.',
    source: 'How this page verifies its own solver; float64, so verified and not proved',
    quantity: '1 where the Cholesky factorisation succeeds, times 1 where the gap is below 10⁻⁶ of the bound',
    criterion: { relation: '>=', threshold: 1, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Rounding errors of the factorisation itself.',
    measure: async (run, seed) => {
      const s = await summaryOf(run, { seed });
      return number(s.certified) * (number(s.gap) < 1e-6 * number(s.sdpBound) ? 1 : 0);
    },
  },
];
