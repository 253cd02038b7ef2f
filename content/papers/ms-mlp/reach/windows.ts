/** The windows of one block laid over a picture: what is read sharply and what only as a mean. */
import * as Plot from '@observablehq/plot';
import { merged } from '#charts/merged';
import { chartOptions, frameOf, seriesColours, short } from '#charts/theme';
import { greyUrl } from '#data/grey-png';
import type { Chart } from '#lab/experiment';
import type { Frame } from './mechanism';
import { PICTURE } from './params';

/** How far around the output token the picture is shown enlarged, in tokens: at least so far, else as far as is read. */
const AROUND = 7;
const GAP = 1;

const wrapped = (a: number, n: number) => ((a % n) + n) % n;

/** For each token that is read: the group that reads it sharpest, and the mean of that group's window there. */
function read(f: Frame): Map<number, { group: number; mean: number }> {
  const found = new Map<number, { group: number; mean: number }>();
  const coarseFirst = [...f.windows].sort(
    (a, b) => (f.kernels[b.group - 1] as number) - (f.kernels[a.group - 1] as number) || b.group - a.group,
  );
  for (const { group, reads, mean } of coarseFirst) for (const at of reads) found.set(at, { group, mean });
  return found;
}

export const windows: Chart<Frame> = {
  title: 'The same windows over a picture',
  caption:
    'Left: what is read, in the colours of the groups. Middle: the neighbourhood of the output token as it is. Right: as one block reads it, if kernels averaged: near the middle of the groups sharp, in the wide windows one grey each.',
  wide: true,
  unit: (column) => (column === 'mean' ? 'grey, 0 to 255' : undefined),
  describe: (f) =>
    `In one block the output reads ${read(f).size} tokens of the picture. Mean grey of the windows, of 255: ${f.windows
      .map(({ group, direction, mean }) => `group ${group} ${direction} ${short(255 * mean)}`)
      .join(', ')}.`,
  rows: (f) =>
    f.windows.map(({ group, direction, reads, mean }) => ({
      group,
      direction,
      shift: f.shifts[group - 1] as number,
      kernel: f.kernels[group - 1] as number,
      tokens: reads.length,
      mean: 255 * mean,
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const n = f.side;
    const found = read(f);
    const [row, column] = [Math.floor(f.token / n), f.token % n];
    const farthest = Math.max(...f.kernels.map((k, g) => Math.abs(f.shifts[g] as number) + (k - 1) / 2));
    const around = Math.min(Math.floor((n - 1) / 2), Math.max(AROUND, farthest));
    const zoom = 2 * around + 1;
    // All three panels are n tokens wide; the enlarged tokens are n / zoom.
    const size = n / zoom;
    const panel = (i: number) => i * (n + GAP);
    const box = (i: number, j: number, unit: number, left: number) => ({
      x1: left + j * unit,
      x2: left + (j + 1) * unit,
      y1: i * unit,
      y2: (i + 1) * unit,
    });
    const tinted = [...found].map(([at, { group }]) => ({
      ...box(Math.floor(at / n), at % n, 1, 0),
      fill: seriesColours[group - 1] as string,
    }));
    const enlarged = Array.from({ length: zoom ** 2 }, (_, k) => {
      const [i, j] = [Math.floor(k / zoom), k % zoom];
      const at = wrapped(row + i - around, n) * n + wrapped(column + j - around, n);
      return { i, j, at };
    });
    const grey = (value: number) => `rgb(${Math.round(value)},${Math.round(value)},${Math.round(value)})`;
    const asIs = enlarged.map(({ i, j, at }) => ({
      ...box(i, j, size, panel(1)),
      fill: grey(f.cells[at] as number),
    }));
    const asRead = enlarged.flatMap(({ i, j, at }) => {
      const window = found.get(at);
      return window ? [{ ...box(i, j, size, panel(2)), fill: grey(255 * window.mean) }] : [];
    });
    const total = 3 * n + 2 * GAP;
    const title = 24;
    const unit = width / total;
    const cells = (data: { x1: number; x2: number; y1: number; y2: number; fill: string }[], fillOpacity = 1) =>
      Plot.rect(data, {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        fill: 'fill',
        fillOpacity,
        shapeRendering: 'crispEdges',
        render: merged,
      });
    return chartOptions(
      width,
      n * unit + title,
      [
        Plot.image([0], {
          x: n / 2,
          y: n / 2,
          src: () =>
            greyUrl(
              f.picture.map((v) => v / 255),
              PICTURE,
            ),
          width: n * unit,
          height: n * unit,
          preserveAspectRatio: 'none',
        }),
        cells(tinted, 0.6),
        cells(asIs),
        cells(asRead),
        Plot.rect([panel(0), panel(1), panel(2)], {
          x1: (x: number) => x,
          x2: (x: number) => x + n,
          y1: 0,
          y2: n,
          fill: 'none',
          stroke: 'currentColor',
          strokeOpacity: 0.35,
        }),
        Plot.dot([{ x: column + 0.5, y: row + 0.5 }, ...[1, 2].map((i) => ({ x: panel(i) + n / 2, y: n / 2 }))], {
          x: 'x',
          y: 'y',
          symbol: 'times',
          r: 4,
          stroke: 'var(--accent)',
          strokeWidth: 2,
        }),
        Plot.text(
          [
            width < 500 ? 'picture' : 'the picture, windows tinted',
            width < 500 ? 'near ×' : 'around ×, as it is',
            width < 500 ? 'as read' : 'around ×, as it is read',
          ].map((text, i) => ({ text, x: panel(i) + n / 2 })),
          { x: 'x', y: 0, text: 'text', dy: -12, fontSize: 12, fill: 'currentColor' },
        ),
      ],
      {
        x: { axis: null, domain: [0, total] },
        y: { axis: null, domain: [0, n], reverse: true },
        color: { type: 'identity' },
        marginLeft: 0,
        marginRight: 0,
        marginTop: title,
        marginBottom: 0,
      },
    );
  },
};
