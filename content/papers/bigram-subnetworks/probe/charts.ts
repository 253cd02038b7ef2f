/** The pictures of "Down to the bigram circuit". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, short } from '#charts/theme';
import type { Chart } from '#lab/experiment';
import type { Frame } from './mechanism';

const parts = ['full', 'sub', 'bigram'] as const;
const names = { full: 'full model', sub: 'kept weights', bigram: 'bigram table' };

const frameOf = (runs: readonly { frame: Frame }[]): Frame => (runs[0] as { frame: Frame }).frame;

/** A token with its space shown, so that ' the' and 'the' can be told apart. */
const shown = (token: string) => token.replaceAll(' ', '␣');

const next: Chart<Frame> = {
  title: 'What comes next',
  caption: 'The likeliest next tokens behind the chosen one. ␣ is a space.',
  wide: true,
  describe: ({ tokens, position, top }) => {
    const best = (part: (typeof parts)[number]) =>
      top.reduce((a, b) => (b[part] > a[part] ? b : a), top[0] as Frame['top'][number]);
    return `Behind "${tokens[position]}", ${parts.map((part) => `${names[part]} gives most to "${best(part).token}" (${short(100 * best(part)[part])} %)`).join(', ')}.`;
  },
  rows: ({ top }) => top.map((entry) => ({ ...entry })),
  plot: (runs, { width }) => {
    const { top } = frameOf(runs);
    const bars = top.flatMap((entry) =>
      parts.map((part) => ({ token: shown(entry.token), name: names[part], p: entry[part] })),
    );
    return chartOptions(
      width,
      34 * top.length + 60,
      [
        Plot.barX(bars, {
          x: 'p',
          y: 'name',
          fy: 'token',
          fill: 'name',
          className: 'mark-next',
        }),
        Plot.ruleX([0]),
      ],
      {
        x: { label: 'probability', grid: true, domain: [0, Math.max(...bars.map(({ p }) => p))] },
        y: { axis: null, domain: parts.map((part) => names[part]) },
        fy: { label: null, domain: top.map(({ token }) => shown(token)) },
        color: colours(parts.map((part) => names[part])),
        marginLeft: 16,
        marginRight: 72,
      },
    );
  },
};

const surprise: Chart<Frame> = {
  title: 'Surprise along the text',
  caption: 'Bits that each token costs, given what came before it. A gap: the pair never occurs in the training text.',
  wide: true,
  describe: ({ surprisal }) =>
    parts
      .map((part) => {
        const bits = surprisal.flatMap((at) => at[part] ?? []);
        return `${names[part]} ${short(bits.reduce((a, b) => a + b, 0) / bits.length)} bits per token`;
      })
      .join(', '),
  rows: ({ tokens, surprisal }) => surprisal.map((at, t) => ({ token: tokens[t + 1] ?? null, ...at })),
  plot: (runs, { width }) => {
    const { tokens, surprisal } = frameOf(runs);
    const points = surprisal.flatMap((at, t) =>
      parts.map((part) => ({ t: t + 1, name: names[part], bits: at[part] ?? Number.NaN })),
    );
    return chartOptions(
      width,
      240,
      [
        Plot.lineY(points, {
          x: 't',
          y: 'bits',
          z: 'name',
          stroke: 'name',
          strokeWidth: 2,
          marker: 'circle',
          className: 'mark-surprisal',
        }),
      ],
      {
        x: { label: null, tickFormat: (t: number) => shown(tokens[t] ?? ''), ticks: tokens.length, tickRotate: -45 },
        y: { label: 'surprisal (bits)', grid: true, zero: true },
        color: colours(parts.map((part) => names[part])),
        marginBottom: 56,
      },
    );
  },
};

export const charts = { next, surprise };
