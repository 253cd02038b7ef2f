/** What "One axis, the other, or both" claims, and how each claim is measured. */
import type { Bench, Claim } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import { params } from './params';

type AxesClaim = Claim<typeof params, Frame, Summary>;
type Settings = Partial<Values<typeof params>>;

const untested = 'Photographs, where nothing repeats so exactly, and networks that also have convolutions.';
const source =
  'A finding of this page, from the definition of the two axes; the threshold is from an earlier prototype';
const deep: Settings = { depth: 2, trainSteps: 250, learningRate: 4e-3 };

/** dB that the network `a` gains over `b`. */
async function lead(
  run: Bench<typeof params, Frame, Summary>,
  settings: Settings,
  a: keyof Summary,
  b: keyof Summary,
): Promise<number> {
  const { summary } = await run(settings, settings.trainSteps ?? params.trainSteps.default);
  return (summary[a] ?? Number.NaN) - (summary[b] ?? Number.NaN);
}

export const claims: AxesClaim[] = [
  {
    id: 'both-beat-block',
    statement: 'Where the pattern repeats with the stride of the grid, p = 4, both axes beat the block axis alone.',
    source,
    quantity: 'Gain of both axes over the gain of the block axis alone, in dB',
    criterion: { relation: '>=', threshold: 1.5, over: 'each seed' },
    seeds: [1, 2, 3],
    untested,
    measure: (run, seed) => lead(run, { seed }, 'gainBoth', 'gainBlock'),
  },
  {
    id: 'grid-idle',
    statement:
      'Where it repeats every 5 pixels the grid axis is worth nothing: both axes and the block alone are level.',
    source,
    quantity: 'Difference of the two gains, in dB, without its sign',
    criterion: { relation: '<=', threshold: 0.3, over: 'each seed' },
    seeds: [1, 2, 3],
    untested,
    measure: async (run, seed) => Math.abs(await lead(run, { seed, period: 5 }, 'gainBoth', 'gainBlock')),
  },
  {
    id: 'both-beat-grid',
    statement: 'With two blocks and 250 steps, both axes beat the grid axis alone, too, at p = 4.',
    source,
    quantity: 'Gain of both axes over the gain of the grid axis alone, in dB',
    criterion: { relation: '>=', threshold: 0.2, over: 'the mean' },
    seeds: [1, 2, 3],
    untested,
    measure: (run, seed) => lead(run, { ...deep, seed }, 'gainBoth', 'gainGrid'),
  },
];
