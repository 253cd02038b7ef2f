/** What "One row versus a strip" claims. */
import type { Bench, Claim, Summary } from '#lab/experiment';
import type { Frame } from './mechanism';
import type { params } from './params';
import { routesBetween } from './reach';

type Params = typeof params;
type Figures = Summary & Record<'reachedInRowLayer' | 'reachedInBoth' | 'routes' | 'routeError' | 'leak', number>;
type Run = Bench<Params, Frame, Figures>;

const STRIPS = ['1', '3', '5'] as const;

/** Largest difference over the three strips, in the middle of the map and on its first row. */
async function worstOf(run: Run, seed: number, difference: (figures: Figures, k: number, edge: boolean) => number) {
  const found: number[] = [];
  for (const strip of STRIPS)
    for (const row of [4, 1]) {
      const { summary } = await run({ seed, strip, row, patches: '2' }, 0);
      found.push(Math.abs(difference(summary, Number(strip), row === 1)));
    }
  return Math.max(...found);
}

export const claims: readonly Claim<Params, Frame, Figures>[] = [
  {
    id: 'strip-of-rows',
    statement:
      'One row layer reaches the K rows around an output and nothing else: K · 8 tokens of an 8 × 8 map, and (K + 1)/2 · 8 on its first row.',
    source: 'Follows from the layer’s formula (official code, proj_h in models/strip_mlp.py)',
    quantity: 'Largest deviation of the number of tokens with a gradient, K = 1, 3, 5, middle and first row',
    criterion: { relation: '<=', threshold: 0, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Nothing: this is arithmetic. Whether trained weights use the outer rows is another question.',
    measure: (run, seed) => worstOf(run, seed, (f, k, edge) => f.reachedInRowLayer - 8 * (edge ? (k + 1) / 2 : k)),
  },
  {
    id: 'both-reach-all',
    statement:
      'A row layer and a column layer together reach all 64 tokens already with K = 1: wider strips add routes, no reach.',
    source: 'A finding of this page, against the reading that strips are needed to see the whole map',
    quantity: 'Largest number of tokens left out, K = 1, 3, 5, middle and first row',
    criterion: { relation: '<=', threshold: 0, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'How much training gains from the additional routes.',
    measure: (run, seed) => worstOf(run, seed, (f) => 64 - f.reachedInBoth),
  },
  {
    id: 'routes-add-up',
    statement:
      'The weights of the routes between two tokens, 1, 9 and 25 of them for K = 1, 3, 5, add up to the gradient of both layers.',
    source: 'Derived on this page from the layer’s formula',
    quantity: 'Largest relative difference of sum and gradient; infinite where the number of routes is another',
    criterion: { relation: '<=', threshold: 1e-4, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'The layers between the two in the real block (channel FC, norm, GELU), which couple channels.',
    measure: async (run, seed) => {
      const errors: number[] = [];
      for (const strip of STRIPS) {
        const { summary } = await run({ seed, strip, fromRow: 4, fromColumn: 4 }, 0);
        const middle = { row: 3, column: 4 };
        const expected = routesBetween({ row: 3, column: 3 }, middle, Number(strip), 8).length;
        errors.push(summary.routes === expected && expected === Number(strip) ** 2 ? summary.routeError : Infinity);
      }
      return Math.max(...errors);
    },
  },
];
