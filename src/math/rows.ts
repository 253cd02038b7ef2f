/** Small dense matrices as lists of rows in float64. Singular values come from `ml-matrix`. */
import { Matrix, SVD } from 'ml-matrix';

/** A matrix as its rows, each `columns` long. */
export type Rows = readonly Float64Array[];

export const rowsOf = (rows: readonly ArrayLike<number>[]): Float64Array[] => rows.map((row) => Float64Array.from(row));

export const identity = (size: number, columns = size): Float64Array[] =>
  Array.from({ length: size }, (_, i) => {
    const row = new Float64Array(columns);
    row[i] = 1;
    return row;
  });

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** sum_i weights_i rows_i */
export function combine(weights: ArrayLike<number>, rows: Rows): Float64Array {
  const sum = new Float64Array(rows[0]?.length ?? 0);
  for (let i = 0; i < rows.length; i++) {
    const [w, row] = [weights[i] as number, rows[i] as Float64Array];
    if (w !== 0) for (let j = 0; j < sum.length; j++) sum[j] = (sum[j] as number) + w * (row[j] as number);
  }
  return sum;
}

/** A B, for A [m, n] and B [n, p]. */
export const multiply = (a: Rows, b: Rows): Float64Array[] => a.map((row) => combine(row, b));

export const add = (a: Rows, b: Rows): Float64Array[] =>
  a.map((row, i) => row.map((x, j) => x + ((b[i] as Float64Array)[j] as number)));

export const scaled = (a: Rows, factor: number): Float64Array[] => a.map((row) => row.map((x) => factor * x));

export const frobenius = (a: Rows): number => Math.sqrt(a.reduce((sum, row) => sum + dot(row, row), 0));

/** The largest singular value, from a converged SVD: power iteration would approach it from below. */
export function spectralNorm(a: Rows): number {
  if (a.length === 0 || frobenius(a) === 0) return 0;
  if (a.length === 1) return frobenius(a);
  const options = { computeLeftSingularVectors: false, computeRightSingularVectors: false, autoTranspose: true };
  return new SVD(new Matrix(a as Float64Array[]), options).norm2;
}

/** The largest sum of absolute values in a row: the norm from l-infinity to l-infinity. */
export const rowSumNorm = (a: Rows): number =>
  Math.max(0, ...a.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0)));

/** The same map up to a rotation of its input, with at most as many columns as rows: U S of A = U S V^T. */
export function withoutIdleInputs(a: Rows): Float64Array[] {
  const { leftSingularVectors: U, diagonal } = new SVD(new Matrix(a as Float64Array[]), {
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return Array.from({ length: a.length }, (_, i) => Float64Array.from(diagonal, (s, j) => s * U.get(i, j)));
}

/** The nearest matrix whose singular values are all 1: U V^T of A = U S V^T. */
export function polar(a: Rows): Float64Array[] {
  const svd = new SVD(new Matrix(a as Float64Array[]), { autoTranspose: true });
  const [U, V] = [svd.leftSingularVectors, svd.rightSingularVectors];
  const rank = Math.min(a.length, a[0]?.length ?? 0);
  return a.map((row, i) =>
    row.map((_, j) => {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += U.get(i, k) * V.get(j, k);
      return sum;
    }),
  );
}
