/** The pictures of "What a mixer costs". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, seriesColours, short } from '#charts/theme';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';
import { axisTitles } from './params';

type What = 'weights' | 'macs';

const nouns: Record<What, string> = { weights: 'weights', macs: 'multiply-adds per picture' };

const curvesOf = (f: Frame, what: What): Curves => ({
  x: { label: axisTitles[f.against], scale: 'log' },
  y: { label: nouns[what], scale: 'log' },
  // A logarithmic axis has no place for nothing at all.
  lines: f.lines.map((line) => ({ name: line.name, x: line.at, y: line[what].map((value) => value || null) })),
});

const mineOf = (f: Frame, what: What) => {
  const line = f.lines[0];
  const value = line?.[what][line.at.indexOf(f.settings[f.against])];
  return value || null;
};

const cost = (what: What, title: string, caption: string): Chart<Frame> => ({
  title,
  caption,
  curves: (f) => curvesOf(f, what),
  describe: (f) => {
    const at = f.settings[f.against];
    const values = f.lines.map((line) => `${line.name} ${short(line[what][line.at.indexOf(at)])}`);
    return `${nouns[what]} of ${f.part === 'tokens' ? 'the token mixing' : 'the whole classifier'} at ${at} ${axisTitles[f.against]}: ${values.join(', ')}.`;
  },
  rows: (f) =>
    (f.lines[0]?.at ?? []).map((at, i) => ({
      [axisTitles[f.against]]: at,
      ...Object.fromEntries(f.lines.map((line) => [line.name, line[what][i] ?? null])),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const points = curvesOf(f, what).lines.flatMap(({ name, x, y }) =>
      x.flatMap((at, i) => (y[i] ? [{ name, at, value: y[i] as number }] : [])),
    );
    const mine = mineOf(f, what);
    const scale = colours(f.lines.map(({ name }) => name));
    return chartOptions(
      width,
      300,
      [
        Plot.ruleX([f.settings[f.against]], { stroke: GIVEN, strokeOpacity: 0.4, strokeDasharray: '3,3' }),
        Plot.lineY(points, {
          x: 'at',
          y: 'value',
          z: 'name',
          stroke: 'name',
          strokeWidth: ({ name }) => (name === f.mine ? 3 : 1.5),
        }),
        ...(mine
          ? [
              Plot.dot([{ at: f.settings[f.against], value: mine }], {
                x: 'at',
                y: 'value',
                r: 7,
                stroke: GIVEN,
                strokeWidth: 2,
              }),
            ]
          : []),
      ],
      {
        x: { label: `${axisTitles[f.against]} (log scale)`, type: 'log', tickFormat: 'd', ticks: 5 },
        y: { label: `${nouns[what]} (log scale)`, type: 'log', tickFormat: '~s', ticks: 5, grid: true },
        // Up to seven lines: the sixth colour, quiet elsewhere, has to serve, and ink for the last.
        color: { ...scale, range: f.lines.map((_, i) => seriesColours[i] ?? GIVEN) },
      },
    );
  },
});

export const charts = {
  weights: cost('weights', 'Weights', 'What has to be stored. The ring is your mixer at your settings.'),
  macs: cost('macs', 'Multiply-adds', 'What has to be computed for one picture.'),
};
