/** "Which waves does a mixer pass?": the description that page, command line and tests read. */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN } from '#charts/theme';
import { inWords } from '#charts/words';
import { type Chart, type Claim, type Curves, defineExperiment } from '#lab/experiment';
import { BANDS } from '../gains';
import type { Frame } from './mechanism';
import { params } from './params';

/** 0 is the mean of a map by itself. */
const bands = Array.from({ length: BANDS + 1 }, (_, b) => b);
const SLOW = BANDS / 2;

/** The slow half of the bands over the fast half, in dB, the mean left out: how far the response tilts to slow waves. */
const tilt = (response: readonly number[] | undefined) => {
  if (!response) return null;
  const mean = (part: readonly number[]) => part.reduce((a, b) => a + b) / part.length;
  return mean(response.slice(1, SLOW + 1)) - mean(response.slice(SLOW + 1));
};

const curvesOf =
  (which: 'trained' | 'untrained') =>
  (f: Frame): Curves => ({
    x: { label: 'band' },
    y: { label: 'energy', unit: 'dB' },
    lines: f.responses.map((r) => ({ name: r.title, x: bands, y: r[which] })),
  });

const chart = (which: 'trained' | 'untrained', title: string, caption: string): Chart<Frame> => ({
  title,
  caption,
  curves: curvesOf(which),
  unit: (column) => (column === 'band' ? undefined : 'dB'),
  describe: (f) => inWords(curvesOf(which)(f)),
  rows: (f) =>
    bands.map((band, b) => ({ band, ...Object.fromEntries(f.responses.map((r) => [r.title, r[which][b] ?? null])) })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const { lines } = curvesOf(which)(f);
    const points = lines.flatMap(({ name, x, y }) => x.map((band, b) => ({ name, band, db: y[b] as number })));
    const all = f.responses.flatMap((r) => [...r.trained, ...r.untrained]);
    return chartOptions(
      width,
      240,
      [
        Plot.ruleY([0], { stroke: GIVEN, strokeOpacity: 0.5 }),
        Plot.line(points, { x: 'band', y: 'db', z: 'name', stroke: 'name', strokeWidth: 2, marker: 'circle' }),
      ],
      {
        x: { label: 'band, slow to fast (0: the mean)', domain: [-0.2, BANDS + 0.2], tickFormat: 'd' },
        // One scale for both charts.
        y: {
          label: 'energy, dB over the mean of all waves',
          grid: true,
          domain: [Math.min(-1, ...all), Math.max(1, ...all)],
          nice: true,
        },
        color: colours(lines.map(({ name }) => name)),
      },
    );
  },
});

const summary = ({ chosen, responses }: Frame) => {
  const [first, second, third] = chosen.map((name) => responses.find((response) => response.name === name));
  return {
    /** The mean of the map over the mean of all waves, in dB. */
    firstMean: first?.trained[0] ?? null,
    secondMean: second?.trained[0] ?? null,
    firstTilt: tilt(first?.trained),
    firstUntrained: tilt(first?.untrained),
    secondTilt: tilt(second?.trained),
    secondUntrained: tilt(second?.untrained),
    thirdTilt: tilt(third?.trained),
  };
};

type PassesClaim = Claim<typeof params, Frame, ReturnType<typeof summary>>;
const common = {
  seeds: [1, 2, 3],
  untested: 'Trained networks other than these, which are small and saw one set of pictures; one training each.',
};

const claims: PassesClaim[] = [
  {
    ...common,
    id: 'training-makes-it-low-pass',
    statement: 'A trained Mixer answers noise more with slow waves than with fast ones, the mean left out.',
    source:
      'The abstract says that mixers tend to keep low frequencies; the threshold is ours, set before measuring, but the mean was left out after a first look',
    quantity: 'Energy of the slow half of the bands over that of the fast half, in dB',
    criterion: { relation: '>=', threshold: 1, over: 'each seed' },
    measure: async (run, seed) => (await run({ seed }, 0)).summary.firstTilt ?? Number.NaN,
  },
  {
    ...common,
    id: 'untrained-has-no-taste',
    statement: 'An untrained Mixer prefers no frequency.',
    source: 'Random matrices look the same in every orthogonal basis; the threshold is ours, set before measuring',
    quantity: 'The same tilt, without sign, in dB',
    criterion: { relation: '<=', threshold: 1, over: 'each seed' },
    measure: async (run, seed) => Math.abs((await run({ seed }, 0)).summary.firstUntrained ?? Number.NaN),
  },
  {
    ...common,
    id: 'four-others-are-low-pass',
    statement: 'Trained, Raft, MAXIM, Strip and Mix-Shift answer noise more with slow waves than with fast ones.',
    source: 'The same tendency, the same threshold; claimed after seeing it',
    quantity: 'The same tilt in dB, the smallest of the four',
    criterion: { relation: '>=', threshold: 1, over: 'each seed' },
    measure: async (run, seed) => {
      const tilts: number[] = [];
      for (const third of ['raft-2', 'multi-axis', 'strip-3', 'mix-shift'] as const)
        tilts.push((await run({ seed, third }, 0)).summary.thirdTilt ?? Number.NaN);
      return Math.min(...tilts);
    },
  },
  {
    ...common,
    id: 'mixer-moves-the-mean',
    statement: 'What a trained Mixer adds to noise goes above all into the mean of the map.',
    source: 'A finding of this page; the threshold was set after seeing it',
    quantity: 'Energy of the mean over the mean energy of all waves, in dB',
    criterion: { relation: '>=', threshold: 10, over: 'each seed' },
    measure: async (run, seed) => (await run({ seed }, 0)).summary.firstMean ?? Number.NaN,
  },
  {
    ...common,
    id: 'spectrum-tilts-less',
    statement: 'The trained spectrum mixer tilts less than the trained Mixer.',
    source: 'What the abstract leads one to expect; our instantiation',
    quantity: 'Tilt of the spectrum mixer less tilt of Mixer, in dB',
    criterion: { relation: '<=', threshold: 0, over: 'each seed' },
    measure: async (run, seed) => {
      const { firstTilt, secondTilt } = (await run({ seed }, 0)).summary;
      return (secondTilt ?? Number.NaN) - (firstTilt ?? Number.NaN);
    },
  },
];

export const passes = defineExperiment({
  id: 'dynamic-spectrum-mixer/passes',
  title: 'Which waves does a mixer pass?',
  params,
  steps: () => 0,
  hint: 'Take another seed.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts: {
    trained: chart(
      'trained',
      'Trained on articles of clothing',
      'What two blocks add to white noise, by band, against the mean over all frequencies. Flat: no preference.',
    ),
    untrained: chart('untrained', 'Untrained', 'The same networks before training, on the same noise and scale.'),
  },
  summary,
  claims,
  quick: { maps: 32 },
});
