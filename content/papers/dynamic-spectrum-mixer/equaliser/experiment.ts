/** "A photograph with an equaliser": the description that page, command line and tests read. */
import { type Claim, defineExperiment } from '#lab/experiment';
import { fadersOf } from '../gains';
import { charts } from './charts';
import type { Frame } from './mechanism';
import { params } from './params';

const summary = (f: Frame) => ({
  /** Share of the energy without the mean that is kept. */
  energyKept: f.energyKept,
  /** Root mean square change of a pixel, of 1. */
  change: Math.sqrt(f.error),
  /** Difference of the two sides of Parseval's equation. */
  parsevalGap: Math.abs(f.error - f.dropped),
  largestChange: f.largestChange,
  /** Null but for the blur. */
  blurGap: f.blurGap,
  /** The smallest error of the best fit to a shift, over lines of 3 to 64 tokens. */
  shiftError: Math.min(...f.shiftErrors),
});

type EqualiserClaim = Claim<typeof params, Frame, ReturnType<typeof summary>>;
const exact = { seeds: [1], untested: 'Nothing: this is arithmetic.' };

const claims: EqualiserClaim[] = [
  {
    ...exact,
    id: 'ones-change-nothing',
    statement: 'With all gains at 1 the picture comes back: the transform is orthogonal.',
    source: 'Follows from the definition of the transform',
    quantity: 'Largest change of a pixel, of 1',
    criterion: { relation: '<=', threshold: 1e-12, over: 'each seed' },
    measure: async (run) => (await run({ preset: 'faders' }, 0)).summary.largestChange,
  },
  {
    ...exact,
    id: 'parseval',
    statement: 'What a picture loses, pixel by pixel, is exactly the energy that the gains take from its coefficients.',
    source: 'Parseval’s equation, for five settings of the gains',
    quantity: 'Largest difference of the two mean squares',
    criterion: { relation: '<=', threshold: 1e-12, over: 'each seed' },
    measure: async (run) => {
      const gaps: number[] = [];
      for (const preset of ['low', 'high', 'notch', 'blur', 'shift'] as const)
        gaps.push((await run({ preset }, 0)).summary.parsevalGap);
      return Math.max(...gaps);
    },
  },
  {
    ...exact,
    id: 'blur-is-a-gain',
    statement: 'The blur (¼, ½, ¼) in both directions, with edges repeated, is a gain on every cosine.',
    source: 'Derived on this page',
    quantity: 'Largest difference of a pixel between gains and loops over pixels',
    criterion: { relation: '<=', threshold: 1e-12, over: 'each seed' },
    measure: async (run) => (await run({ preset: 'blur' }, 0)).summary.blurGap ?? Number.NaN,
  },
  {
    ...exact,
    id: 'no-shift',
    statement: 'No gains move a picture by one pixel: at best seven tenths of the shift are missed.',
    source: 'Derived on this page: what gains make is symmetric, and half of a shift is not',
    quantity:
      'Distance of the best fit to a circular shift, over the shift’s size; least of all lines of 3 to 64 tokens',
    criterion: { relation: '>=', threshold: 0.7, over: 'each seed' },
    measure: async (run) => (await run({}, 0)).summary.shiftError,
  },
];

export const equaliser = defineExperiment({
  id: 'dynamic-spectrum-mixer/equaliser',
  title: 'A photograph with an equaliser',
  params,
  steps: () => 0,
  hint: 'Choose another picture.',
  // A fader that is moved takes the others with it from the preset that is on.
  act: {
    faders: ({ preset, faders }, { index, value }) => ({
      preset: 'faders',
      faders: fadersOf(preset, faders).map((gain, b) => (b === index ? value : gain)),
    }),
  },
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: {},
});
