/** What "Where the kept weights are" claims: counts, which need no text, so that a short one is read. */
import type { Bench, Claim } from '#lab/experiment';
import { lambdas } from '../kinds';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import type { params } from './params';

type Run = Bench<typeof params, Frame, Summary>;

const shares = (run: Run, figure: 'firstMlpShare' | 'attentionShare') =>
  Promise.all(lambdas.map(async (lambda) => (await run({ lambda, windows: 16 }, 0)).summary[figure]));

const UNTESTED =
  'Larger models, and other trainings of the mask: the shipped masks are counted, and no seed plays a part.';

export const claims: Claim<typeof params, Frame, Summary>[] = [
  {
    id: 'first-mlp',
    statement: 'The first MLP holds at least 40 % of the kept weights, for every λ.',
    source: 'Abstract: the subnetworks are concentrated in the first MLP layer; the figure is ours',
    quantity: 'Smallest share of the kept weights in the first MLP over λ = 1, 3, 10, 30',
    criterion: { relation: '>=', threshold: 0.4, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: UNTESTED,
    measure: async (run: Run) => Math.min(...(await shares(run, 'firstMlpShare'))),
  },
  {
    id: 'little-attention',
    statement: 'Attention of all blocks together holds less than 5 % of them.',
    source: 'A finding of this page',
    quantity: 'Largest share of the kept weights in Q, K, V and O over λ = 1, 3, 10, 30',
    criterion: { relation: '<=', threshold: 0.05, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: UNTESTED,
    measure: async (run: Run) => Math.max(...(await shares(run, 'attentionShare'))),
  },
];
