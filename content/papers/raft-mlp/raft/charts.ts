/** The pictures of "Build a raft". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, percent, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { boardsChart } from '../boards';
import type { Frame } from './mechanism';
import { CHANNELS } from './params';
import { channelsSeen, tokensSeen } from './seen';

/** Four decades from the strongest slope down to the faintest shade. */
const DECADES = 4;
const FAINTEST = 0.15;

function shadesOf(slopes: Frame['both']): number[][] {
  const most = Math.max(...slopes.flat(), 1e-30);
  return slopes.map((channel) =>
    channel.map((slope) => (slope === 0 ? 0 : Math.max(FAINTEST, 1 + Math.log10(slope / most) / DECADES))),
  );
}

const paths: Chart<Frame> = {
  title: 'What the output depends on',
  caption:
    'Input tokens by channel: the slope of the framed output with respect to each, on a log scale over four decades. Empty: exactly zero.',
  wide: true,
  describe: (f) => {
    const { row, column, channel } = f.token;
    const seen = (slopes: Frame['both']) =>
      `${tokensSeen(slopes)} of ${f.side ** 2} tokens in ${channelsSeen(slopes).length === 1 ? 'channel' : 'channels'} ${channelsSeen(slopes).join(', ')}`;
    return `Output channel ${channel} of the token in row ${row}, column ${column}, with r = ${f.raft} ${f.normed ? 'and LayerNorm' : 'and no LayerNorm'}. After the vertical half it depends on ${seen(f.vertical)}; after both halves on ${seen(f.both)}.`;
  },
  rows: (f) =>
    f.vertical.map((channel, c) => ({
      channel: c,
      tokensAfterVertical: tokensSeen([channel]),
      tokensAfterBoth: tokensSeen([f.both[c] as number[]]),
      largestSlope: Math.max(...(f.both[c] as number[])),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const boards = (slopes: Frame['both']) =>
      shadesOf(slopes).map((shades, c) => ({
        caption: `channel ${c}`,
        side: f.side,
        shades,
        marked: c === f.token.channel ? f.token.index : undefined,
      }));
    return boardsChart(
      [
        { heading: 'after the vertical half', boards: boards(f.vertical) },
        { heading: 'after the horizontal half', boards: boards(f.both) },
      ],
      width < 560 ? CHANNELS / 2 : CHANNELS,
      width,
    );
  },
};

/** Raft sizes on the axis of the ledger. */
const SIZES = Array.from({ length: 14 }, (_, i) => i + 1);

const ledgerCurves = ({ side }: Frame): Curves => ({
  x: { label: 'raft size' },
  y: { label: 'share of Mixer', scale: 'log' },
  lines: [
    { name: 'weights', x: SIZES, y: SIZES.map((r) => (2 * r * r) / (side * side)) },
    { name: 'multiply-adds', x: SIZES, y: SIZES.map((r) => (2 * r) / side) },
  ],
});

const ledger: Chart<Frame> = {
  title: 'The price, as a share of Mixer’s',
  caption:
    'Lines: 2r²/h² and 2r/h. Dots: counted from the tensors of the block above. Above 1 the raft costs more than the Mixer that it replaces.',
  curves: ledgerCurves,
  describe: (f) =>
    `On ${f.side} × ${f.side} tokens a raft of r = ${f.raft} has ${short(f.cost.weights)} token-mixing weights, ${percent(f.cost.weights / f.cost.mixerWeights)} of Mixer’s ${short(f.cost.mixerWeights)}, and takes ${percent(f.cost.macs / f.cost.mixerMacs)} of its multiply-adds. It breaks even in multiply-adds at r = ${short(f.side / 2)} and in weights at r = ${short(f.side / Math.SQRT2)}. ${inWords(ledgerCurves(f))}`,
  rows: ({ side }) => SIZES.map((r) => ({ r, weights: (2 * r * r) / (side * side), multiplyAdds: (2 * r) / side })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const lines = ledgerCurves(f).lines.flatMap(({ name, x, y }) =>
      x.map((r, i) => ({ r, name, share: y[i] as number })),
    );
    const counts = [
      { r: f.raft, name: 'weights', share: f.cost.weights / f.cost.mixerWeights },
      { r: f.raft, name: 'multiply-adds', share: f.cost.macs / f.cost.mixerMacs },
    ];
    const even = [
      { r: f.side / 2, text: 'h/2' },
      { r: f.side / Math.SQRT2, text: 'h/√2' },
    ];
    return chartOptions(
      width,
      250,
      [
        Plot.ruleY([1], { stroke: GIVEN }),
        Plot.ruleX(even, { x: 'r', stroke: GIVEN, strokeDasharray: '3,3', strokeOpacity: 0.6 }),
        Plot.text(even, { x: 'r', frameAnchor: 'bottom', dy: -6, dx: 4, text: 'text', textAnchor: 'start' }),
        Plot.lineY(lines, { x: 'r', y: 'share', z: 'name', stroke: 'name', strokeWidth: 2 }),
        Plot.dot(counts, { x: 'r', y: 'share', fill: 'name', r: 5, className: 'mark-counted' }),
      ],
      {
        x: {
          label: 'raft size r',
          domain: [1, SIZES.length],
          ticks: SIZES.filter((r) => r % 2 === 0),
          tickFormat: 'd',
        },
        y: { label: 'share of Mixer (log scale)', type: 'log', grid: true, ticks: 4, tickFormat: '~g' },
        color: colours(['weights', 'multiply-adds']),
      },
    );
  },
};

/** A correlation that gets the full colour. */
const FULL = 0.4;
/** Smaller ones are noise of the estimate, about 1 / sqrt(1024). */
const NOISE = 0.03;

const noise: Chart<Frame> = {
  title: 'White noise in, correlations out',
  caption:
    'Correlation of the added value at the framed token with those at all others, same channel, over 1,024 maps of noise. Blue: positive, orange: negative; full colour from 0.4 on, below 0.03 empty. With LayerNorm.',
  describe: (f) =>
    `Root mean square correlation of the framed token with its row and column, and with all other tokens: ${f.correlations.map(({ raft, line, rest }) => `${short(line)} and ${short(rest)} for r = ${raft}`).join('; ')}.`,
  rows: (f) => f.correlations.map(({ raft, line, rest }) => ({ r: raft, rowAndColumn: line, elsewhere: rest })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    return boardsChart(
      [
        {
          heading: '',
          boards: f.correlations.map(({ raft, values }) => ({
            caption: `r = ${raft}`,
            side: f.side,
            shades: values.map((value) => (Math.abs(value) < NOISE ? 0 : Math.max(-1, Math.min(1, value / FULL)))),
            marked: f.token.index,
          })),
        },
      ],
      3,
      width,
    );
  },
};

export const charts = { paths, ledger, noise };
