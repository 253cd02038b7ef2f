/** Boards of tokens, side by side in rows of so many. */
import * as Plot from '@observablehq/plot';
import { merged } from '#charts/merged';
import { chartOptions } from '#charts/theme';

export interface Board {
  name: string;
  /** Shade of each token in [0, 1], row by row; 0 is empty. Negative values take the second colour. */
  shades: readonly number[];
}

/** A token that is marked by a ring, on all boards. */
export interface Ring {
  row: number;
  column: number;
  colour: string;
}

/** Room between boards, in tokens. */
const GAP = 1;
/** Steps of opacity: few, so that cells of one shade are one path. */
const STEPS = 10;

export function boardChart(
  boards: readonly Board[],
  side: number,
  rings: readonly Ring[],
  width: number,
  columns = boards.length,
): Plot.PlotOptions {
  const rows = Math.ceil(boards.length / columns);
  const across = columns * (side + GAP) - GAP;
  const cell = Math.min(width / across, 34);
  const caption = 24 / cell;
  const tall = side + caption + GAP / 2;
  const corner = (i: number) => ({ x: (i % columns) * (side + GAP), y: Math.floor(i / columns) * tall + caption });
  const cells = boards.flatMap(({ shades }, i) =>
    shades.map((shade, token) => {
      const [x, y] = [corner(i).x + (token % side), corner(i).y + Math.floor(token / side)];
      return {
        ...{ x1: x, x2: x + 1, y1: y, y2: y + 1 },
        colour: shade < 0 ? 'var(--series-2)' : 'var(--series-1)',
        opacity: shade === 0 ? 0 : (1 + Math.round(Math.min(1, Math.abs(shade)) * (STEPS - 1))) / STEPS,
      };
    }),
  );
  const frames = boards.map((_, i) => corner(i)).map(({ x, y }) => ({ x1: x, x2: x + side, y1: y, y2: y + side }));
  const grid = frames.flatMap(({ x1, x2, y1, y2 }) =>
    Array.from({ length: side - 1 }, (_, k) => [
      { x1: x1 + k + 1, x2: x1 + k + 1, y1, y2 },
      { x1, x2, y1: y1 + k + 1, y2: y1 + k + 1 },
    ]).flat(),
  );
  const box = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2' } as const;
  const marked = boards.flatMap((_, i) =>
    rings.map(({ row, column, colour }) => ({ x: corner(i).x + column + 0.5, y: corner(i).y + row + 0.5, colour })),
  );
  return chartOptions(
    width,
    Math.ceil(rows * tall * cell),
    [
      Plot.rect(cells, { ...box, fill: 'colour', fillOpacity: 'opacity', render: merged }),
      Plot.link(grid, { ...box, stroke: 'currentColor', strokeOpacity: 0.12 }),
      Plot.rect(frames, { ...box, stroke: 'currentColor', strokeOpacity: 0.6, fill: 'none' }),
      Plot.dot(marked, { x: 'x', y: 'y', r: 0.42 * cell, stroke: 'colour', strokeWidth: 2.5 }),
      Plot.text(boards, {
        x: (_, i) => corner(i).x + side / 2,
        y: (_, i) => corner(i).y,
        text: 'name',
        dy: -9,
        fontSize: 12.5,
        fill: 'currentColor',
      }),
    ],
    {
      x: { axis: null, domain: [0, width / cell] },
      y: { axis: null, domain: [0, rows * tall], reverse: true },
      color: { type: 'identity' },
      opacity: { type: 'identity' },
      r: { type: 'identity' },
      ...{ marginLeft: 1, marginRight: 1, marginTop: 1, marginBottom: 1 },
    },
  );
}
