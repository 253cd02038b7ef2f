/** What "A prompt of your own" claims, and how each claim is measured. */
import type { Bench, Claim } from '#lab/experiment';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import type { params } from './params';

type Run = Bench<typeof params, Frame, Summary>;

/** One text per seed. */
const texts = [
  'fellow citizens of the senate: the people of the united',
  'and now the white whale rose out of the sea, and the captain',
  'my fellow americans, the state of our union is',
];

const textOf = (seed: number) => texts[seed - 1] as string;

export const claims: Claim<typeof params, Frame, Summary>[] = [
  {
    id: 'empty-sees-one-token',
    statement: 'With no weight of attention and MLP kept, the model sees nothing but the current token and its place.',
    source: 'Derived on this page: without values and outputs nothing crosses between positions',
    quantity: 'Probability moved when the earlier tokens change their order, for a text per seed',
    criterion: { relation: '<=', threshold: 1e-5, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Nothing: it is exact, and the tests of this site check it for other masks, too.',
    measure: async (run: Run, seed) => (await run({ text: textOf(seed), lambda: 'empty' }, 0)).summary.keptMoved,
  },
];
