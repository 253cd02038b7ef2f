/** The pictures of "Press a token". */
import * as Plot from '@observablehq/plot';
import { merged } from '#charts/merged';
import { chartOptions, colours, frameOf, GIVEN, percent } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';

type Board = Frame['boards'][number];

const count = ({ strength }: Board) => strength.filter((value) => value > 0).length;

/** Powers of ten below the strongest, 0 to 4: five shades tell more than a legend of exponents. */
const SHADES = ['over 1/10', 'over 1/100', 'over 1/1000', 'weaker', 'none'] as const;
function shadeOf(value: number, most: number): (typeof SHADES)[number] {
  if (value <= 0) return 'none';
  const down = Math.floor(Math.log10(most / value));
  return SHADES[Math.min(3, Math.max(0, down))] as (typeof SHADES)[number];
}

const said = (f: Frame) => (f.way === 'changes' ? 'outputs change' : 'inputs matter');

const boards: Chart<Frame> = {
  title: 'What the token reaches',
  caption:
    'Each square is a token; the fuller its colour, the stronger, relative to the strongest. The ring is the token itself.',
  wide: true,
  describe: (f) =>
    `Token in row ${f.row + 1}, column ${f.column + 1} of ${f.side} by ${f.side}. ${f.boards
      .map((b) =>
        b.refusal
          ? `${b.name}: not possible, ${b.refusal}.`
          : `${b.name}: ${count(b)} of ${b.strength.length} ${said(f)}.`,
      )
      .join(' ')}`,
  rows: (f) =>
    f.boards.flatMap((b) =>
      SHADES.map((shade) => ({
        mixer: b.name,
        strength: shade,
        tokens: b.refusal
          ? null
          : b.strength.filter((value) => shadeOf(value, Math.max(...b.strength)) === shade).length,
      })),
    ),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const facet = width < 480 ? 'fy' : 'fx';
    const cells = f.boards.flatMap((b) => {
      const most = Math.max(...b.strength);
      return b.strength.map((value, i) => ({
        board: b.name,
        x: i % f.side,
        y: Math.floor(i / f.side),
        shade: shadeOf(value, most),
      }));
    });
    const size = facet === 'fy' ? 2 * width : width / 2;
    return chartOptions(
      width,
      size + 24,
      [
        Plot.rect(cells, {
          x1: 'x',
          x2: ({ x }) => x + 1,
          y1: 'y',
          y2: ({ y }) => y + 1,
          [facet]: 'board',
          fill: 'shade',
          render: merged,
        }),
        Plot.dot(
          f.boards.filter((b) => !b.refusal),
          {
            x: f.column + 0.5,
            y: f.row + 0.5,
            [facet]: 'name',
            r: Math.max(3, width / 2 / f.side / 2 - 1),
            stroke: 'var(--series-2)',
            strokeWidth: 3,
          },
        ),
        Plot.text(
          f.boards.filter((b) => b.refusal),
          {
            x: f.side / 2,
            y: f.side / 2,
            [facet]: 'name',
            text: ({ refusal }) => `Not possible: ${refusal}.`,
            lineWidth: 14,
            fill: GIVEN,
          },
        ),
      ],
      {
        x: { axis: null, domain: [0, f.side] },
        y: { axis: null, domain: [0, f.side], reverse: true },
        [facet]: {
          label: null,
          axis: facet === 'fx' ? 'top' : 'right',
          domain: f.boards.map(({ name }) => name),
          padding: 0.06,
        },
        color: {
          domain: [...SHADES],
          range: [100, 68, 42, 22, 5].map((share) => `color-mix(in oklab, var(--series-1) ${share}%, var(--sunken))`),
          legend: true,
        },
        marginLeft: 4,
        marginRight: facet === 'fy' ? 76 : 4,
        marginBottom: 4,
      },
    );
  },
};

const growthCurves = (f: Frame): Curves => ({
  x: { label: 'block' },
  y: { label: 'share of the map', unit: '%', domain: [0, 100] },
  lines: f.boards.map((b) => ({ name: b.name, x: b.share.map((_, i) => i), y: b.share.map((share) => 100 * share) })),
});

const growth: Chart<Frame> = {
  title: 'How far after how many blocks',
  caption: 'From the structure of each mixer: the share of the map that this token can reach at all.',
  curves: growthCurves,
  describe: (f) => inWords(growthCurves(f)),
  unit: (column) => (column === 'block' ? undefined : '%'),
  rows: (f) =>
    f.boards.flatMap((b) => b.share.map((share, block) => ({ mixer: b.name, block, 'share of the map': 100 * share }))),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const points = growthCurves(f).lines.flatMap(({ name, x, y }) =>
      x.map((block, i) => ({ name, block, share: y[i] as number })),
    );
    return chartOptions(
      width,
      210,
      [
        Plot.lineY(points, { x: 'block', y: 'share', z: 'name', stroke: 'name', strokeWidth: 2.5, marker: 'dot' }),
        Plot.text(
          points.filter(({ block }) => block === 1),
          { x: 'block', y: 'share', text: ({ share }) => percent(share / 100), dy: -9, fill: GIVEN },
        ),
      ],
      {
        x: { label: 'blocks', ticks: Math.max(1, ...points.map(({ block }) => block)), tickFormat: 'd', inset: 12 },
        y: { label: 'share of the map (%)', domain: [0, 100], ticks: 5, grid: true },
        color: colours(f.boards.map(({ name }) => name)),
      },
    );
  },
};

export const charts = { boards, growth };
