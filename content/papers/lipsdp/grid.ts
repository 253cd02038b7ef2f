/** Values on a grid of cells that covers the square [-reach, reach]^2 of the plane. */

const middleOf = (i: number, count: number, reach: number) => -reach + (2 * reach * (i + 0.5)) / count;

/** The value at the middle of each of `count` x `count` cells, row by row from below. */
export function gridOf(count: number, reach: number, valueAt: (x: number, y: number) => number): number[] {
  const place = (i: number) => middleOf(i, count, reach);
  return Array.from({ length: count * count }, (_, at) => valueAt(place(at % count), place(Math.floor(at / count))));
}

/** The middles of the cells with their values, for a table. */
export function cellsOf(grid: readonly number[], reach: number): { x: number; y: number; value: number }[] {
  const count = Math.sqrt(grid.length);
  const place = (i: number) => middleOf(i, count, reach);
  return grid.map((value, at) => ({ x: place(at % count), y: place(Math.floor(at / count)), value }));
}
