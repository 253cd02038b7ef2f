/** What the cascade has to learn: sums of shifts of the whole map, zero beyond its edges. */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';

export const TARGETS = {
  one: [[1, 1]],
  two: [
    [1, 1],
    [-1, -1],
  ],
  four: [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ],
  ring: [
    [-1, -1],
    [-1, 0],
    [-1, 1],
    [0, -1],
    [0, 1],
    [1, -1],
    [1, 0],
    [1, 1],
  ],
} as const satisfies Record<string, readonly (readonly [number, number])[]>;

/** What they are called where there is little room. */
export const NAMES: Record<keyof typeof TARGETS, string> = {
  one: 'one diagonal',
  two: 'two opposite',
  four: 'all four',
  ring: 'all eight',
};

/** Sides of maps. */
export const SIDES = [3, 4, 5, 6, 7] as const;

export type TargetName = keyof typeof TARGETS;

/** [tokens][tokens]: 1 at [to][from] where the output `to` adds up the input `from`. */
export function targetMatrix(name: TargetName, side: number): number[][] {
  const tokens = side * side;
  return Array.from({ length: tokens }, (_, to) => {
    const line = new Array<number>(tokens).fill(0);
    for (const [down, right] of TARGETS[name]) {
      const [row, column] = [Math.floor(to / side) + down, (to % side) + right];
      if (row >= 0 && row < side && column >= 0 && column < side) line[row * side + column] = 1;
    }
    return line;
  });
}

/**
 * The share of a map that a row layer and a column layer of single lines must miss. Both together are one Kronecker product
 * of a matrix for the columns and one for the rows. Rearranged with pairs of rows against pairs of columns (Van Loan and
 * Pitsianis), Kronecker products are the matrices of rank 1, so that the best one keeps the largest singular value.
 */
export function missedByLines(matrix: readonly (readonly number[])[], side: number): number {
  const rearranged = Matrix.zeros(side ** 2, side ** 2);
  matrix.forEach((line, to) => {
    line.forEach((value, from) => {
      const rows = Math.floor(to / side) * side + Math.floor(from / side);
      const columns = (to % side) * side + (from % side);
      rearranged.set(rows, columns, value);
    });
  });
  const squares = new SingularValueDecomposition(rearranged).diagonal.map((s) => s ** 2);
  return 1 - (squares[0] as number) / squares.reduce((sum, s) => sum + s, 0);
}
