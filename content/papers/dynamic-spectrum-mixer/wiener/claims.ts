/** What "One filter or four?" claims, and how each claim is measured. */
import type { Claim } from '#lab/experiment';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import { type params, STEPS } from './params';

type WienerClaim = Claim<typeof params, Frame, Summary>;

const untested = 'Spectra that are not Gaussian, kinds that no band energy tells apart, and whole networks.';
const seeds = [1, 2, 3];

export const claims: WienerClaim[] = [
  {
    id: 'one-filter-meets-its-floor',
    statement: 'One filter for all pictures learns to within 3 % of the least error that any fixed filter can have.',
    source:
      'The Wiener filter of the average spectrum, derived on this page; the margin is that of an earlier prototype',
    quantity: 'Relative distance of the error to the closed form',
    criterion: { relation: '<=', threshold: 0.03, over: 'each seed' },
    seeds,
    untested,
    measure: async (run, seed) => {
      const { fixed, bestFixed } = (await run({ seed }, STEPS)).summary;
      return Math.abs(fixed / bestFixed - 1);
    },
  },
  {
    id: 'blend-meets-its-floor',
    statement: 'Four blended filters come to within 3 % of the floor for filters that know the kind.',
    source: 'The mean of the two Wiener errors, derived on this page; the margin is that of an earlier prototype',
    quantity: 'Relative distance of the error to the closed form',
    criterion: { relation: '<=', threshold: 0.03, over: 'each seed' },
    seeds,
    untested,
    measure: async (run, seed) => {
      const { dynamic, bestDynamic } = (await run({ seed }, STEPS)).summary;
      return Math.abs(dynamic / bestDynamic - 1);
    },
  },
  {
    id: 'a-mean-tells-half',
    statement: 'A generator that sees only the mean of a picture stays well above that floor.',
    source: 'A limit found on this page and by an earlier prototype, which measured 0.307 against a floor of 0.2455',
    quantity: 'Error over the floor for filters that know the kind',
    criterion: { relation: '>=', threshold: 1.1, over: 'each seed' },
    seeds,
    untested: 'A mean over channels that have passed a nonlinearity, as inside a network.',
    measure: async (run, seed) => {
      const { dynamic, bestDynamic } = (await run({ seed, context: 'mean' }, STEPS)).summary;
      return dynamic / bestDynamic;
    },
  },
  {
    id: 'nothing-to-tell',
    statement: 'Where both kinds have one spectrum, blending gains nothing.',
    source: 'Equality in Jensen’s inequality, derived on this page; the margin is ours',
    quantity: 'Error of the blend over the error of one filter, less 1, without sign',
    criterion: { relation: '<=', threshold: 0.01, over: 'each seed' },
    seeds,
    untested,
    measure: async (run, seed) => {
      const { dynamic, fixed } = (await run({ seed, overlap: 100 }, STEPS)).summary;
      return Math.abs(dynamic / fixed - 1);
    },
  },
];
