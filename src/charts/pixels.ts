/** Grey pictures as marks of a chart: rows of tiles with a caption each. */
import * as Plot from '@observablehq/plot';
import { greyUrl } from '#data/grey-png';
import { chartOptions } from './theme';

export interface Tile {
  caption: string;
  /** Grey in [0, 1], side * side; null leaves the place empty. */
  grey: readonly number[] | null;
  side: number;
  /** A frame around the tile, to single it out. */
  marked?: boolean;
}

/** Lays tiles out in rows of `columns`, as wide as the chart. */
export function tileChart(tiles: readonly Tile[], columns: number, width: number): Plot.PlotOptions {
  const tile = width / columns;
  const placed = tiles.map((t, i) => ({
    ...t,
    x: (i % columns) + 0.5,
    y: Math.floor(i / columns) + 0.5,
    url: t.grey && greyUrl(t.grey, t.side),
  }));
  const rows = Math.ceil(tiles.length / columns);
  const caption = 22;
  return chartOptions(
    width,
    rows * (tile + caption),
    [
      Plot.image(
        placed.filter((t) => t.url),
        {
          x: 'x',
          y: 'y',
          src: 'url',
          width: tile - 8,
          height: tile - 8,
          dy: caption / 2,
          imageRendering: 'pixelated',
          preserveAspectRatio: 'none',
        },
      ),
      Plot.rect(
        placed.filter((t) => t.marked),
        {
          x1: (t) => t.x - 0.5,
          x2: (t) => t.x + 0.5,
          y1: (t) => t.y - 0.5,
          y2: (t) => t.y + 0.5,
          insetTop: caption,
          inset: 1,
          fill: 'none',
          stroke: 'var(--series-2)',
          strokeWidth: 3,
        },
      ),
      Plot.text(placed, { x: 'x', y: (t) => t.y - 0.5, text: 'caption', dy: 11, fontSize: 12, fill: 'currentColor' }),
    ],
    {
      x: { axis: null, domain: [0, columns] },
      y: { axis: null, domain: [0, rows], reverse: true },
      marginLeft: 0,
      marginRight: 0,
      marginTop: 0,
      marginBottom: 0,
    },
  );
}
