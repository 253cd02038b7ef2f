/** The pictures of "Where does this output look?". */
import * as Plot from '@observablehq/plot';
import { merged } from '#charts/merged';
import { chartOptions, frameOf, GIVEN, percent, seriesColours } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';
import { MOST_BLOCKS } from './params';
import { windows } from './windows';

const groupName = (f: Frame, g: number) =>
  `group ${g}: s = ${`${f.shifts[g - 1]}`.replace('-', '−')}, k = ${f.kernels[g - 1]}`;
const LATER = ['', '', '2 blocks', '3 blocks', '4 blocks'];
/** Ink that fades from block to block; follows the theme. */
const faded = [55, 35, 18].map((share) => `color-mix(in oklch, currentColor ${share}%, transparent)`);

/** What a cell is called in the legend; null where the output does not look. */
function nameOf(f: Frame, at: number): string | null {
  const [first, group] = [f.first[at] as number, f.group[at] as number];
  if (group > 0) return groupName(f, group);
  if (first === 1) return 'itself (residual path)';
  return first > 1 ? (LATER[first] as string) : null;
}

/** Every look with its colour, in the order of the legend: only those that are there. */
function looks(f: Frame): { name: string; colour: string; count: number; strength?: number }[] {
  const counts = new Map<string, number>();
  for (let at = 0; at < f.first.length; at++) {
    const name = nameOf(f, at);
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const all = [
    ...f.kernels.map((_, g) => ({
      name: groupName(f, g + 1),
      colour: seriesColours[g] as string,
      strength: f.strength[g] as number,
    })),
    { name: 'itself (residual path)', colour: 'var(--series-6)' },
    ...faded.map((colour, i) => ({ name: LATER[i + 2] as string, colour })),
  ];
  return all.flatMap((look) => (counts.has(look.name) ? { ...look, count: counts.get(look.name) as number } : []));
}

const place = (f: Frame) => `row ${Math.floor(f.token / f.side) + 1}, column ${(f.token % f.side) + 1}`;

const field: Chart<Frame> = {
  title: 'What the output at × depends on',
  caption:
    'A colour: read within one block, by the sharpest group that reads this token. Grey: it takes more blocks. From gradients of real blocks with random weights.',
  describe: (f) =>
    `The output at ${place(f)} of ${f.side} by ${f.side} tokens depends on ${f.covered} of ${f.first.length} tokens after ${f.depth} block${f.depth > 1 ? 's' : ''}: ${looks(
      f,
    )
      .map(({ name, count }) => `${name}: ${count}`)
      .join('; ')}.`,
  rows: (f) => looks(f).map(({ name, count, strength }) => ({ by: name, tokens: count, gradient: strength ?? null })),
  unit: (column) => (column === 'gradient' ? 'share of one block' : undefined),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const shown = looks(f);
    const cells = f.first.flatMap((_, at) => {
      const name = nameOf(f, at);
      return name ? [{ name, i: Math.floor(at / f.side), j: at % f.side }] : [];
    });
    const side = Math.min(width, 440);
    return chartOptions(
      side,
      side - 10,
      [
        Plot.frame({ stroke: GIVEN, strokeOpacity: 0.35 }),
        Plot.rect(cells, {
          x1: 'j',
          x2: ({ j }) => j + 1,
          y1: 'i',
          y2: ({ i }) => i + 1,
          fill: 'name',
          render: merged,
          className: 'mark-field',
        }),
        Plot.dot([f.token], {
          x: (t: number) => (t % f.side) + 0.5,
          y: (t: number) => Math.floor(t / f.side) + 0.5,
          symbol: 'times',
          r: 5,
          stroke: GIVEN,
          strokeWidth: 2.5,
          className: 'mark-token',
        }),
      ],
      {
        marginRight: 10,
        x: { label: 'column', domain: [0, f.side], ticks: 5 },
        y: { label: 'row', domain: [0, f.side], reverse: true, ticks: 5 },
        color: { domain: shown.map(({ name }) => name), range: shown.map(({ colour }) => colour), legend: true },
      },
    );
  },
};

const BLOCKS = Array.from({ length: MOST_BLOCKS }, (_, l) => l + 1);

const coverageCurves = (f: Frame): Curves => ({
  x: { label: 'blocks' },
  y: { label: 'share of the board', domain: [0, 1] },
  lines: [
    { name: 'Mixer', x: BLOCKS, y: BLOCKS.map(() => 1) },
    ...f.curves.map(({ name, share }) => ({ name, x: BLOCKS, y: share })),
  ],
});

const coverage: Chart<Frame> = {
  title: 'How much of the board is read',
  caption: 'For the chosen output. By counting shifts and windows; the gradients agree.',
  curves: coverageCurves,
  describe: (f) =>
    `${f.depth} block${f.depth > 1 ? 's' : ''} of this setting read ${percent(f.covered / f.first.length)} of the board. ${inWords(coverageCurves(f))}`,
  rows: (f) =>
    BLOCKS.map((blocks, l) => ({
      blocks,
      Mixer: 1,
      ...Object.fromEntries(f.curves.map(({ name, share }) => [name, share[l] ?? null])),
    })),
  plot: (runs, { width }) => {
    const { lines } = coverageCurves(frameOf(runs));
    const points = lines.flatMap(({ name, x, y }) => x.map((blocks, l) => ({ name, blocks, share: y[l] as number })));
    return chartOptions(
      width,
      300,
      [
        Plot.line(points, { x: 'blocks', y: 'share', stroke: 'name', strokeWidth: 2 }),
        Plot.dot(points, { x: 'blocks', y: 'share', fill: 'name', r: 3.5 }),
      ],
      {
        x: { label: 'blocks L', ticks: BLOCKS, tickFormat: 'd', domain: [1, MOST_BLOCKS] },
        y: { label: 'share of the board', domain: [0, 1], grid: true },
        color: {
          domain: lines.map(({ name }) => name),
          range: ['var(--series-6)', ...seriesColours.slice(0, 5), GIVEN],
          legend: true,
        },
      },
    );
  },
};

export const charts = { field, coverage, windows };
