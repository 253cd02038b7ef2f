/** The pictures of "Where the kept weights are". */
import * as Plot from '@observablehq/plot';
import { chartOptions, frameOf, GIVEN, percent, short } from '#charts/theme';
import { greyUrl } from '#data/grey-png';
import type { Chart } from '#lab/experiment';
import { hexToBits } from '../bits';
import { components } from '../components';
import type { Frame } from './mechanism';

const named = (component: string) => (component === 'up' || component === 'down' ? `MLP ${component}` : component);

const totalOf = ({ cells }: Frame) =>
  Math.max(
    1,
    cells.reduce((sum, { kept }) => sum + kept, 0),
  );

const map: Chart<Frame> = {
  title: 'Share of the kept weights',
  caption: 'Each cell: how many of all kept weights are in this matrix, in percent. All cells add up to 100.',
  wide: true,
  describe: (f) => {
    const total = totalOf(f);
    const most = f.cells.reduce((a, b) => (b.kept > a.kept ? b : a));
    const first = f.cells.filter((c) => c.block === 1 && /up|down/.test(c.component));
    return `${total.toLocaleString('en-GB')} weights are kept. Most are in ${named(most.component)} of block ${most.block}; the first MLP has ${percent(first.reduce((sum, { kept }) => sum + kept, 0) / total)} of them.`;
  },
  rows: ({ cells }) => cells.map((cell) => ({ ...cell, density: cell.kept / cell.size })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const total = totalOf(f);
    const cells = f.cells.map((cell) => ({ ...cell, share: cell.kept / total, name: named(cell.component) }));
    const most = Math.max(...cells.map(({ share }) => share));
    return chartOptions(
      width,
      220,
      [
        Plot.cell(cells, {
          x: 'name',
          y: 'block',
          fill: 'var(--series-1)',
          fillOpacity: ({ share }) => share / most,
          stroke: 'var(--line)',
          inset: 1,
          className: 'mark-component',
        }),
        Plot.text(cells, {
          x: 'name',
          y: 'block',
          text: ({ share, kept }) => (kept === 0 ? '0' : (100 * share).toFixed(1)),
          fill: ({ share }) => (share > 0.5 * most ? 'var(--paper)' : GIVEN),
          fontSize: 13,
        }),
      ],
      {
        x: { label: null, domain: components.map(named), axis: 'top', tickSize: 0 },
        y: { label: 'block', domain: [1, 2, 3, 4], tickSize: 0, tickFormat: String },
        // Shares are opacities already; a scale would stretch them anew.
        opacity: { type: 'identity' },
        marginTop: 34,
        marginBottom: 8,
      },
    );
  },
};

/** How what was switched off is called. */
const without = ({ off }: Frame) =>
  off.component === 'none'
    ? 'nothing off'
    : `without ${named(off.component)}${off.block === 'all' ? '' : ` of ${off.block}`}`;

const judged: Chart<Frame> = {
  title: 'What is left of it',
  caption: 'Mean surprisal of the next token, with the correlation r to bigram surprisals. Lower is better.',
  describe: (f) =>
    `The subnetwork has ${short(f.kept.nats)} nats and r ${short(f.kept.r)}; ${f.off.component === 'none' ? 'nothing of it is off' : `${without(f)}, which takes away ${f.off.removed} of its weights, it has ${short(f.without.nats)} nats and r ${short(f.without.r)}`}. The full model has ${short(f.full.nats)}, the bigram table ${short(f.bigramNats)} nats.`,
  rows: (f) => [
    { network: 'full model', nats: f.full.nats, r: f.full.r },
    { network: 'bigram table', nats: f.bigramNats, r: 1 },
    { network: 'subnetwork', nats: f.kept.nats, r: f.kept.r },
    { network: without(f), nats: f.without.nats, r: f.without.r },
  ],
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const bars = judged.rows(f) as { network: string; nats: number; r: number | null }[];
    return chartOptions(
      width,
      250,
      [
        Plot.barX(bars, {
          x: 'nats',
          y: 'network',
          fill: 'var(--series-1)',
          fillOpacity: 0.75,
          className: 'mark-left',
        }),
        Plot.text(bars, {
          x: 'nats',
          y: 'network',
          text: ({ nats, r }) => `${short(nats)}, r ${short(r)}`,
          dx: 5,
          textAnchor: 'start',
        }),
        Plot.ruleX([0], { stroke: GIVEN }),
      ],
      {
        x: { label: 'nats per token', domain: [0, 1.45 * Math.max(...bars.map(({ nats }) => nats))], ticks: 4 },
        y: { label: null, domain: bars.map(({ network }) => network) },
        marginLeft: 118,
      },
    );
  },
};

/** The close-up with the hidden neurons of an MLP from left to right, for both of its matrices. */
function pictureOf({ close }: Frame) {
  const bits = hexToBits(close.bits);
  const { rows, columns } = close;
  if (close.component !== 'down') return { bits, rows, columns };
  return {
    bits: Array.from({ length: bits.length }, (_, i) => bits[(i % rows) * columns + Math.floor(i / rows)] as number),
    rows: columns,
    columns: rows,
  };
}

const acrossOf = ({ close }: Frame) => (/up|down/.test(close.component) ? 'hidden neuron' : 'head dimension');

const closeUp: Chart<Frame> = {
  title: 'Weight by weight',
  caption:
    'One dot per weight: dark is kept. Columns are hidden neurons of the MLP, or dimensions of the heads; rows are dimensions of the residual stream.',
  describe: (f) => {
    const { bits, rows, columns } = pictureOf(f);
    const used = Array.from({ length: columns }, (_, j) => bits.some((bit, i) => bit === 1 && i % columns === j));
    return `${named(f.close.component)} of block ${f.close.block}, ${rows} by ${columns}: ${bits.filter(Boolean).length} weights are kept, in ${used.filter(Boolean).length} of the ${columns} columns.`;
  },
  rows: (f) => {
    const { bits, columns } = pictureOf(f);
    return Array.from({ length: columns }, (_, j) => ({
      column: j + 1,
      kept: bits.filter((bit, i) => bit === 1 && i % columns === j).length,
    }));
  },
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const { bits, rows, columns } = pictureOf(f);
    const picture = greyUrl(
      bits.map((bit) => 1 - bit),
      columns,
      rows,
    );
    const [across, down] = [width - 60, Math.min(250, ((width - 60) * rows) / columns + 40) - 10];
    return chartOptions(
      width,
      down + 60,
      [
        Plot.image([picture], {
          x: columns / 2,
          y: rows / 2,
          src: (src) => src,
          width: across,
          height: down,
          imageRendering: 'pixelated',
          preserveAspectRatio: 'none',
        }),
        Plot.frame({ stroke: GIVEN, strokeOpacity: 0.4 }),
      ],
      {
        x: { label: acrossOf(f), domain: [0, columns], ticks: 5 },
        y: { label: 'stream', domain: [0, rows], reverse: true, ticks: 4 },
        marginLeft: 48,
        marginRight: 12,
        marginBottom: 38,
        marginTop: 22,
      },
    );
  },
};

export const charts = { map, judged, closeUp };
