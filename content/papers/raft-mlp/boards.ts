/** Square boards of cells with captions, in rows under headings: maps of tokens and small matrices. */
import * as Plot from '@observablehq/plot';
import { merged } from '#charts/merged';
import { chartOptions } from '#charts/theme';

export interface Board {
  caption: string;
  side: number;
  /** Row by row, `side * side` numbers from -1 to 1: how strong the colour is. Exactly 0 is left empty. */
  shades: readonly number[];
  /** Index of a cell that gets a frame. */
  marked?: number | undefined;
}

export interface Group {
  /** None where it is empty. */
  heading: string;
  boards: readonly Board[];
}

const HEADING = 24;
const CAPTION = 20;
const GAP = 8;
/** Shades told apart; each becomes one path. */
const STEPS = 10;

const stepped = (shade: number) => Math.ceil(Math.min(1, Math.abs(shade)) * STEPS) / STEPS;

/** Boards in rows of at most `columns`, none wider than `most` pixels. */
export function boardsChart(groups: readonly Group[], columns: number, width: number, most = 240): Plot.PlotOptions {
  const pitch = Math.min(width / columns, most + GAP);
  const size = pitch - GAP;
  let top = 0;
  const headings: { y: number; text: string }[] = [];
  const placed = groups.flatMap(({ heading, boards }) => {
    if (heading) headings.push({ y: top + HEADING / 2, text: heading });
    const from = top + (heading ? HEADING : 0);
    top = from + Math.ceil(boards.length / columns) * (pitch + CAPTION);
    return boards.map((board, i) => ({
      ...board,
      x: (i % columns) * pitch + GAP / 2,
      y: from + CAPTION + Math.floor(i / columns) * (pitch + CAPTION),
    }));
  });
  const boxes = placed.flatMap(({ x, y, side, shades }) =>
    shades.flatMap((shade, at) => {
      if (shade === 0) return [];
      const cell = size / side;
      const [x1, y1] = [x + (at % side) * cell, y + Math.floor(at / side) * cell];
      // Neighbours have to meet to the bit, so that cells of one look become one rectangle.
      return [{ x1, y1, x2: x + ((at % side) + 1) * cell, y2: y1 + cell, shade }];
    }),
  );
  const cells = (sign: number, colour: string) =>
    Plot.rect(
      boxes.filter(({ shade }) => Math.sign(shade) === sign),
      {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        fill: colour,
        fillOpacity: { value: ({ shade }: { shade: number }) => stepped(shade), scale: false },
        render: merged,
      },
    );
  const frame = (box: { x: number; y: number; size: number }) => ({
    x1: box.x,
    x2: box.x + box.size,
    y1: box.y,
    y2: box.y + box.size,
  });
  const marks = placed.flatMap(({ x, y, side, marked }) => {
    if (marked === undefined) return [];
    const cell = size / side;
    return [frame({ x: x + (marked % side) * cell, y: y + Math.floor(marked / side) * cell, size: cell })];
  });
  const corners = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'none' } as const;
  return chartOptions(
    width,
    top,
    [
      cells(1, 'var(--series-1)'),
      cells(-1, 'var(--series-2)'),
      Plot.rect(
        placed.map(({ x, y }) => frame({ x, y, size })),
        { ...corners, stroke: 'currentColor', strokeOpacity: 0.35 },
      ),
      Plot.rect(marks, { ...corners, stroke: 'var(--series-2)', strokeWidth: 2 }),
      Plot.text(headings, {
        x: GAP / 2,
        y: 'y',
        text: 'text',
        textAnchor: 'start',
        fontSize: 13,
        fill: 'currentColor',
      }),
      Plot.text(placed, {
        x: ({ x }) => x,
        y: ({ y }) => y - CAPTION / 2,
        text: 'caption',
        textAnchor: 'start',
        fontSize: 12,
        fill: 'currentColor',
      }),
    ],
    {
      x: { axis: null, domain: [0, width] },
      y: { axis: null, domain: [0, top], reverse: true },
      marginLeft: 0,
      marginRight: 0,
      marginTop: 0,
      marginBottom: 0,
    },
  );
}
