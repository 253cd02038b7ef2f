/** Pictures of a square [-reach, reach]^2 of the plane: the values of a grid as strips of one colour, and the axes. */
import * as Plot from '@observablehq/plot';
import { merged } from '#charts/merged';

interface Strip {
  shade: number;
  x1: number;
  x2: number;
  y1: number;
  y2: number;
}

/**
 * Neighbours of one shade in one rectangle; shade 0 stays bare. A frame with a rectangle for each of 784 cells took the
 * browser up to 100 ms to draw.
 */
export function stripsOf(grid: readonly number[], reach: number, shadeOf: (value: number) => number): Strip[] {
  const count = Math.sqrt(grid.length);
  const cell = (2 * reach) / count;
  const all: Strip[] = [];
  grid.forEach((value, at) => {
    const column = at % count;
    const [x1, y1] = [-reach + cell * column, -reach + cell * Math.floor(at / count)];
    const shade = shadeOf(value);
    const last = all.at(-1);
    if (column > 0 && last?.shade === shade) last.x2 = x1 + cell;
    else all.push({ shade, x1, x2: x1 + cell, y1, y2: y1 + cell });
  });
  return all.filter(({ shade }) => shade !== 0);
}

/** The mark of the strips; the colour and its opacity are taken as they are given. */
export const strips = (
  data: readonly Strip[],
  { fill, opacity }: { fill: (shade: number) => string; opacity: (shade: number) => number },
) =>
  Plot.rect(data, {
    x1: 'x1',
    x2: 'x2',
    y1: 'y1',
    y2: 'y2',
    fill: (s: Strip) => fill(s.shade),
    fillOpacity: (s: Strip) => opacity(s.shade),
    render: merged,
  });

/** Size and axes of a picture that is a square of the plane, so that a circle is one. */
export function squareOf(width: number, reach: number, [x, y]: readonly [string, string], most = 400) {
  const side = Math.min(width - 68, most);
  return {
    size: [width, side + 60] as const,
    options: {
      x: { label: x, domain: [-reach, reach], ticks: 5 },
      y: { label: y, domain: [-reach, reach], ticks: 5 },
      // Opacities are given as they are.
      opacity: { type: 'identity' as const },
      marginRight: width - 48 - side,
      clip: true,
    },
  };
}
