/**
 * Matrices that act on flattened maps of side x side tokens, and how few Kronecker products they are made of. After the
 * rearrangement of Van Loan and Pitsianis a Kronecker product is a matrix of rank one, so that the singular values of the
 * rearranged matrix say all.
 */
import { Matrix, SVD } from 'ml-matrix';

/** [tokens, tokens] as rows: output token by input token. */
export type TokenMatrix = readonly (readonly number[])[];

const build = (side: number, entry: (to: [number, number], from: [number, number]) => number): number[][] =>
  Array.from({ length: side ** 2 }, (_, to) =>
    Array.from({ length: side ** 2 }, (_unused, from) =>
      entry([Math.floor(to / side), to % side], [Math.floor(from / side), from % side]),
    ),
  );

/** The picture moved down and to the right; what comes in at the edges is zero. */
export const shift = (side: number, down: number, right: number): number[][] =>
  build(side, ([i, j], [y, x]) => (y === i - down && x === j - right ? 1 : 0));

/** The picture with rows and columns exchanged. */
export const transpose = (side: number): number[][] => build(side, ([i, j], [y, x]) => (y === j && x === i ? 1 : 0));

/** A sum over 3 x 3 neighbours with these nine weights, row by row; neighbours beyond the edge count as zero. */
export const stencil = (side: number, weights: readonly number[]): number[][] =>
  build(side, ([i, j], [y, x]) => {
    const [dy, dx] = [y - i + 1, x - j + 1];
    return dy < 0 || dy > 2 || dx < 0 || dx > 2 ? 0 : (weights[3 * dy + dx] as number);
  });

/** [side², side²]: entry (i, y), (j, x) of the result is entry (i, j), (y, x) of the matrix. */
export const rearranged = (matrix: TokenMatrix, side: number): number[][] =>
  build(side, ([i, y], [j, x]) => matrix[i * side + j]?.[y * side + x] as number);

/** Singular values of the rearranged matrix, largest first; below 1e-9 of the largest they are 0. */
export function kroneckerSpectrum(matrix: TokenMatrix, side: number): number[] {
  const options = { computeLeftSingularVectors: false, computeRightSingularVectors: false };
  const { diagonal } = new SVD(new Matrix(rearranged(matrix, side)), options);
  const largest = Math.max(...diagonal);
  return diagonal.map((s) => (s <= 1e-9 * largest ? 0 : s));
}

/** Relative Frobenius error of the best sum of r Kronecker products, for r = 1, 2, …; 0 where there is nothing to fit. */
export function bestErrors(spectrum: readonly number[]): number[] {
  const total = spectrum.reduce((sum, s) => sum + s * s, 0);
  return spectrum.map((_, i) => {
    const left = spectrum.slice(i + 1).reduce((sum, s) => sum + s * s, 0);
    return total === 0 ? 0 : Math.sqrt(left / total);
  });
}
