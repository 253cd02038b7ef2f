/** "Blind in one eye": a plane wave, and what FreSh's anti-diagonal spectrum sees of it. */
import * as Plot from '@observablehq/plot';
import { tileChart } from '#charts/pixels';
import { chartOptions, frameOf, GIVEN, short } from '#charts/theme';
import { type Chart, defineExperiment, defineMechanism } from '#lab/experiment';
import { integer } from '#lab/params';
import { RunStopped } from '#lab/stopped';
import { antiDiagonalSums, quadrantMagnitudes } from '../spectrum';

const SIDE = 64;
const BINS = 32;

const params = {
  a: integer({
    label: 'Down',
    symbol: 'a',
    help: 'Cycles from top to bottom; the sign is the direction.',
    min: -12,
    max: 12,
    default: 5,
  }),
  b: integer({
    label: 'Across',
    symbol: 'b',
    help: 'Cycles from left to right; the sign is the direction.',
    min: -12,
    max: 12,
    default: 3,
  }),
};

/** cos(2 pi (a row + b column) / side), grey values in [-1, 1]. */
export const planeWave = (a: number, b: number, side: number): number[] =>
  Array.from({ length: side * side }, (_, i) => {
    const cycles = (a * Math.floor(i / side) + b * (i % side)) / side;
    return Math.cos(2 * Math.PI * (cycles % 1));
  });

const mechanism = defineMechanism<typeof params>()({
  setup: () => ({}),
  frame(_, { params: { a, b } }) {
    if (a === 0 && b === 0) throw new RunStopped('Without any cycles the picture is one flat grey.', 'Set a or b.');
    const wave = planeWave(a, b, SIDE);
    return {
      wave: wave.map((v) => Number(v.toFixed(4))),
      /** |Y[i, j]| / side^2 for i, j = 0..BINS. */
      quadrant: Array.from(quadrantMagnitudes(wave, SIDE, BINS), (v) => Number((v / SIDE ** 2).toFixed(9))),
      /** S_d / side^2, d = 1..BINS. */
      sums: antiDiagonalSums(wave, SIDE, BINS).map((s) => Number((s / SIDE ** 2).toFixed(9))),
      expected: a * b >= 0 ? Math.abs(a) + Math.abs(b) : null,
    };
  },
});

type Frame = Awaited<ReturnType<typeof mechanism.frame>>;

const total = (f: Frame) => f.sums.reduce((sum, s) => sum + s, 0);

/** Cycles of a cosine, by its changes of sign once around. */
const cyclesOf = (xs: readonly number[]) =>
  xs.filter((x, i) => x > 0 !== (xs[(i + 1) % xs.length] as number) > 0).length / 2;

const picture: Chart<Frame> = {
  title: 'The wave',
  caption: 'cos 2π(a · row + b · column)/64.',
  describe: (f) => {
    const column = Array.from({ length: SIDE }, (_, row) => f.wave[row * SIDE] as number);
    const way = f.expected === null ? 'falling' : 'rising';
    return `A plane wave of black and white stripes, ${cyclesOf(column)} cycles from top to bottom and ${cyclesOf(f.wave.slice(0, SIDE))} from left to right; slanted stripes are ${way} to the right.`;
  },
  rows: (f) => f.wave.map((value, i) => ({ row: Math.floor(i / SIDE), column: i % SIDE, value })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    return tileChart([{ caption: '', grey: f.wave.map((v) => (v + 1) / 2), side: SIDE }], 1, width);
  },
};

const quadrant: Chart<Frame> = {
  title: 'The quadrant that is read',
  caption: 'Size of the dot: |Y| at row frequency i and column frequency j. Bin d collects the diagonal i + j = d.',
  describe: (f) => {
    const dots = f.quadrant.flatMap((magnitude, at) =>
      magnitude > 1e-6 ? [`(${Math.floor(at / (BINS + 1))}, ${at % (BINS + 1)}) with ${short(magnitude)}`] : [],
    );
    const held = `The quadrant of non-negative frequencies holds ${short(2 * total(f))} of the two peaks of this wave`;
    return dots.length === 0 ? `${held}: it has no dot.` : `${held}. Dots (i, j): ${dots.join(', ')}.`;
  },
  rows: (f) =>
    f.quadrant
      .map((magnitude, at) => ({ i: Math.floor(at / (BINS + 1)), j: at % (BINS + 1), magnitude }))
      .filter((r) => r.magnitude > 1e-6),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const cells = f.quadrant
      .map((m, at) => ({ i: Math.floor(at / (BINS + 1)), j: at % (BINS + 1), m }))
      .filter((c) => c.m > 1e-6);
    const diagonals = [8, 16, 24, 32].map((d) => ({ d }));
    return chartOptions(
      width,
      260,
      [
        Plot.link(diagonals, {
          x1: 0,
          y1: 'd',
          x2: 'd',
          y2: 0,
          stroke: GIVEN,
          strokeOpacity: 0.35,
          strokeDasharray: '3,3',
        }),
        Plot.text(diagonals, { x: (c) => c.d / 2, y: (c) => c.d / 2, text: (c) => `d = ${c.d}`, fillOpacity: 0.75 }),
        Plot.dot(cells, { x: 'j', y: 'i', r: (c) => 14 * Math.sqrt(c.m), fill: 'var(--series-2)' }),
      ],
      {
        x: { label: 'column frequency j', domain: [0, BINS] },
        y: { label: 'row frequency i', domain: [0, BINS] },
        r: { type: 'identity' },
      },
    );
  },
};

const sums: Chart<Frame> = {
  title: 'What FreSh sees',
  caption: 'The anti-diagonal sums. A wave that rises to the right and one that falls to the right are not seen alike.',
  describe: (f) =>
    f.expected === null
      ? `a and b differ in sign: all ${BINS} bins together hold ${short(total(f))} of the wave's half.`
      : `One peak, in bin ${f.sums.indexOf(Math.max(...f.sums)) + 1}.`,
  rows: (f) => f.sums.map((sum, i) => ({ bin: i + 1, sum })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    return chartOptions(
      width,
      260,
      [
        Plot.rectY(
          f.sums.map((s, i) => ({ d: i + 1, s })),
          { x1: (b) => b.d - 0.4, x2: (b) => b.d + 0.4, y: 's', fill: 'var(--series-1)' },
        ),
        ...(f.expected === null ? [Plot.text(['nothing here'], { frameAnchor: 'middle', fontSize: 18 })] : []),
      ],
      {
        x: { label: 'bin d = i + j', domain: [0.5, BINS + 0.5] },
        y: { label: 'S_d / 64²', domain: [0, 0.55], grid: true },
      },
    );
  },
};

export const orientation = defineExperiment({
  id: 'fresh/orientation',
  title: 'Blind in one eye',
  params,
  steps: () => 0,
  hint: 'Set a or b.',
  mechanism: async () => mechanism,
  charts: { picture, quadrant, sums },
  summary: (f) => ({ total: total(f), peakBin: total(f) < 1e-6 ? null : f.sums.indexOf(Math.max(...f.sums)) + 1 }),
  claims: [
    {
      id: 'one-diagonal-is-invisible',
      statement:
        'A wave with one positive and one negative frequency leaves no trace in the spectrum that FreSh compares.',
      source:
        'Follows from the official code (src/spectum_utils.py: anti-diagonals of the unshifted transform, cropped)',
      quantity: 'Share of the wave in all 32 bins for a = 3, b = −5',
      criterion: { relation: '<=', threshold: 1e-9, over: 'each seed' },
      seeds: [1],
      untested: 'How much this matters for photographs, whose waves run in all directions at once.',
      measure: async (run) => (await run({ a: 3, b: -5 }, 0)).summary.total ?? Number.NaN,
    },
  ],
  quick: {},
});
