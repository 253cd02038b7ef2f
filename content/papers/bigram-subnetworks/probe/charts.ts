/** The pictures of "A prompt of your own". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, percent, short } from '#charts/theme';
import type { Chart, Curves } from '#lab/experiment';
import { chips, shown } from '../chips';
import type { Frame } from './mechanism';

const parts = ['full', 'kept', 'bigram'] as const;
type Part = (typeof parts)[number];
const names: Record<Part, string> = { full: 'full model', kept: 'kept weights', bigram: 'bigram table' };
const colour = colours(parts.map((part) => names[part]));

const tokens: Chart<Frame> = {
  title: 'Your text in tokens',
  caption: 'The filled token is the one whose next token is predicted. ␣ is a space.',
  wide: true,
  describe: ({ tokens, position, notes }) =>
    [`${tokens.length} tokens; looked at is "${tokens[position]}", the one at place ${position + 1}.`, ...notes].join(
      ' ',
    ),
  rows: ({ tokens, position }) =>
    tokens.map((token, t) => ({ place: t + 1, token: shown(token), chosen: t === position ? 'yes' : '' })),
  plot: (runs, { width }) => {
    const { tokens, position, notes } = frameOf(runs);
    return chips(tokens.map(shown), position, notes, width);
  },
};

const next: Chart<Frame> = {
  title: 'What comes next',
  caption: 'The likeliest next tokens by any of the three.',
  wide: true,
  describe: ({ tokens, position, top }) => {
    const best = (part: Part) => top.reduce((a, b) => (b[part] > a[part] ? b : a), top[0] as Frame['top'][number]);
    return `Behind "${tokens[position]}", ${parts
      .map((part) => `the ${names[part]} gives most to "${best(part).token}" (${percent(best(part)[part])})`)
      .join(', ')}.`;
  },
  rows: ({ top }) => top.map(({ token, ...rest }) => ({ token: shown(token), ...rest })),
  plot: (runs, { width }) => {
    const { top } = frameOf(runs);
    const bars = top.flatMap((entry) =>
      parts.map((part) => ({ token: shown(entry.token), name: names[part], p: entry[part] })),
    );
    return chartOptions(
      width,
      34 * top.length + 60,
      [
        Plot.barX(bars, { x: 'p', y: 'name', fy: 'token', fill: 'name', className: 'mark-next' }),
        Plot.ruleX([0], { stroke: GIVEN }),
      ],
      {
        x: { label: 'probability', grid: true, domain: [0, Math.max(...bars.map(({ p }) => p))] },
        y: { axis: null, domain: parts.map((part) => names[part]) },
        fy: { label: null, axis: 'left', domain: top.map(({ token }) => shown(token)) },
        color: colour,
        marginLeft: 76,
        marginRight: 16,
      },
    );
  },
};

const surpriseCurves = ({ surprisal }: Frame): Curves => ({
  x: { label: 'token' },
  y: { label: 'surprisal', unit: 'bits' },
  lines: parts.map((part) => ({
    name: names[part],
    x: surprisal.map((_, t) => t + 1),
    y: surprisal.map((at) => at[part]),
  })),
});

const surprise: Chart<Frame> = {
  title: 'Surprise along the text',
  caption: 'Bits that each token costs after what came before it. A gap: the training text never has that pair.',
  wide: true,
  curves: surpriseCurves,
  unit: (column) => (column === 'token' ? undefined : 'bits'),
  describe: ({ surprisal, tokens, r }) => {
    if (surprisal.length === 0) return 'One token alone has no next one to be surprised by.';
    const each = parts.map((part) => {
      const bits = surprisal.flatMap((at) => at[part] ?? []);
      if (bits.length === 0) return `${names[part]}: no pair of this text`;
      const most = Math.max(...bits);
      const where = tokens[surprisal.findIndex((at) => at[part] === most) + 1];
      return `${names[part]} ${short(bits.reduce((a, b) => a + b, 0) / bits.length)} bits per token, at most ${short(most)} at "${where}"`;
    });
    return `${each.join('; ')}. Correlation with the bigram table: full model ${short(r.full)}, kept weights ${short(r.kept)}.`;
  },
  rows: ({ tokens, surprisal }) => surprisal.map((at, t) => ({ token: shown(tokens[t + 1] as string), ...at })),
  plot: (runs, { width }) => {
    const { tokens, surprisal } = frameOf(runs);
    const points = surprisal.flatMap((at, t) =>
      parts.map((part) => ({ t: t + 1, name: names[part], bits: at[part] ?? Number.NaN })),
    );
    return chartOptions(
      width,
      250,
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
        x: {
          label: 'token',
          domain: [1, Math.max(2, tokens.length - 1)],
          tickFormat: (t: number) => shown(tokens[t] ?? ''),
          ticks: Array.from(surprisal.keys(), (t) => t + 1),
          tickRotate: -45,
        },
        y: { label: 'surprisal (bits)', grid: true, domain: [0, Math.max(1, ...points.map(({ bits }) => bits || 0))] },
        color: colour,
        marginBottom: 62,
      },
    );
  },
};

/** Two bars, for the full model and the kept weights. */
const twoBars = (values: { full: number; kept: number }, label: string, width: number, least: number) => {
  const bars = (['full', 'kept'] as const).map((part) => ({ name: names[part], value: values[part] }));
  return chartOptions(
    width,
    120,
    [
      Plot.barX(bars, { x: 'value', y: 'name', fill: 'name' }),
      Plot.text(bars, { x: 'value', y: 'name', text: ({ value }) => short(value), dx: 5, textAnchor: 'start' }),
      Plot.ruleX([0], { stroke: GIVEN }),
    ],
    {
      x: { label, domain: [0, 1.2 * Math.max(least, values.full, values.kept)], ticks: 4 },
      y: { label: null, domain: bars.map(({ name }) => name) },
      color: { ...colour, legend: false },
      marginLeft: 92,
    },
  );
};

const divergence: Chart<Frame> = {
  title: 'How far from the bigram',
  caption: 'KL divergence of the bigram’s row from each prediction behind the chosen token. 0 is the bigram itself.',
  describe: ({ fromBigram, keptShare }) =>
    `${percent(keptShare)} of the weights are kept. Full model ${short(fromBigram.full)} nats, kept weights ${short(fromBigram.kept)} nats.`,
  rows: ({ fromBigram }) => [
    { model: 'full', nats: fromBigram.full },
    { model: 'kept', nats: fromBigram.kept },
  ],
  plot: (runs, { width }) => twoBars(frameOf(runs).fromBigram, 'nats', width, 0.1),
};

const context: Chart<Frame> = {
  title: 'How far earlier words move it',
  caption: 'The share of probability that goes elsewhere when the tokens before the chosen one change their order.',
  describe: ({ moved }) => `Full model ${percent(moved.full)}, kept weights ${percent(moved.kept)}.`,
  rows: ({ moved }) => [
    { model: 'full', moved: moved.full },
    { model: 'kept', moved: moved.kept },
  ],
  plot: (runs, { width }) => twoBars(frameOf(runs).moved, 'share of probability', width, 0.01),
};

export const charts = { tokens, next, divergence, context, surprise };
