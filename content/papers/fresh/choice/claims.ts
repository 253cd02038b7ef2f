/** What "FreSh on a photograph" claims, and how each claim is measured. */

import { photoNames } from '#data/photos';
import type { Bench, Claim } from '#lab/experiment';
import type { Values } from '#lab/params';
import { centroid } from '../spectrum';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import { CANDIDATES, params } from './params';

type ChoiceClaim = Claim<typeof params, Frame, Summary>;

const FULL = CANDIDATES * params.evals.default + params.trainSteps.default;

/** Worst of the three photographs, so that a claim "for each seed" holds for each photograph too. */
async function worst(
  run: Bench<typeof params, Frame, Summary>,
  settings: Partial<Values<typeof params>>,
  figure: (summary: Summary) => number | null,
  pick: (...values: number[]) => number,
): Promise<number> {
  const values: number[] = [];
  for (const photo of photoNames) values.push(figure((await run({ ...settings, photo }, FULL)).summary) ?? Number.NaN);
  return pick(...values);
}

/** Smallest rise of the mean bin from one candidate to the next, without training. */
async function smallestRise(
  run: Bench<typeof params, Frame, Summary>,
  settings: Partial<Values<typeof params>>,
): Promise<number> {
  const { spectra } = (await run(settings, CANDIDATES * params.evals.default)).frame;
  const means = spectra.map(centroid);
  return Math.min(...means.slice(1).map((mean, i) => mean - (means[i] as number)));
}

const scale =
  'Three grey photographs of 64 pixels, networks of 3,169 weights and 300 steps. The paper trains 256-wide networks for 15,000 steps on 50 images of up to 1,024 pixels.';

export const claims: ChoiceClaim[] = [
  {
    id: 'sigma-shifts-pictures',
    statement: 'The mean frequency of untrained pictures rises with every step of σ from 0.5 to 10.',
    source: 'The observation FreSh builds on (official code, initial spectra); eight values, measured here',
    quantity: 'Smallest rise from one candidate to the next, in bins',
    criterion: { relation: '>=', threshold: 0, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Larger pictures and wider networks.',
    measure: (run, seed) => smallestRise(run, { seed }),
  },
  {
    id: 'omega-shifts-pictures',
    statement: 'The same for SIREN, with every step of ω₀ from 10 to 130.',
    source: 'The observation FreSh builds on (official code, initial spectra); eight values, measured here',
    quantity: 'Smallest rise from one candidate to the next, in bins',
    criterion: { relation: '>=', threshold: 0, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Larger pictures and wider networks.',
    measure: (run, seed) => smallestRise(run, { seed, family: 'siren' }),
  },
  {
    id: 'distance-predicts-error',
    statement: 'The distance measured before training ranks the candidates almost as their error after training does.',
    source: 'The premise of FreSh (abstract; official code); the rank correlation is our measure',
    quantity: 'Spearman correlation of distance and final error, worst of three photographs',
    criterion: { relation: '>=', threshold: 0.8, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: scale,
    measure: (run, seed) => worst(run, { seed }, (s) => s.rankCorrelation, Math.min),
  },
  {
    id: 'beats-the-default',
    statement: 'FreSh’s σ beats the usual default σ = 1 by at least 1 dB.',
    source: 'The purpose of FreSh (abstract); the margin is from our prototype',
    quantity: 'PSNR won over the default in dB, worst of three photographs',
    criterion: { relation: '>=', threshold: 1, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: scale,
    measure: (run, seed) => worst(run, { seed }, (s) => s.gain, Math.min),
  },
  {
    id: 'near-the-sweep',
    statement: 'FreSh’s σ comes within 0.8 dB of the best of a full sweep.',
    source: 'The purpose of FreSh (abstract); the margin is from our prototype',
    quantity: 'PSNR lost against the best candidate in dB, worst of three photographs',
    criterion: { relation: '<=', threshold: 0.8, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: scale,
    measure: (run, seed) => worst(run, { seed }, (s) => s.regret, Math.max),
  },
  {
    id: 'blur-fools-it',
    statement: 'On a photograph blurred six times, FreSh’s choice loses more than 2 dB against the best candidate.',
    source: 'A limit found on this page, not in the paper',
    quantity: 'PSNR lost against the best candidate in dB, on the boats',
    criterion: { relation: '>=', threshold: 2, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Whether longer training or a finer grid of candidates closes the gap.',
    measure: async (run, seed) => (await run({ seed, blur: 6 }, FULL)).summary.regret ?? Number.NaN,
  },
];
