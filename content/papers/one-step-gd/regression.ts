/** What a statistician would answer to the same prompt: ridge regression (the Bayes estimate here) and least squares. */
import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';

export interface Point {
  /** [d] */
  x: readonly number[];
  y: number;
}

/** S = sum y_i x_i, [d]. */
export const correlation = (points: readonly Point[], d: number): number[] =>
  Array.from({ length: d }, (_, j) => points.reduce((sum, { x, y }) => sum + y * (x[j] as number), 0));

const scatter = (points: readonly Point[], d: number): number[][] =>
  Array.from({ length: d }, (_, i) =>
    Array.from({ length: d }, (_unused, j) =>
      points.reduce((sum, { x }) => sum + (x[i] as number) * (x[j] as number), 0),
    ),
  );

/**
 * (A + sigma^2 Gamma^-1)^-1 S with A = sum x_i x_i^T: the mean of w given the prompt, for w ~ N(0, Gamma).
 * `precision` is sigma^2 Gamma^-1, [d][d]; all zeros give least squares. Null where the points leave w open.
 */
export function ridge(points: readonly Point[], precision: readonly (readonly number[])[]): number[] | null {
  const d = precision.length;
  const system = new Matrix(scatter(points, d).map((row, i) => row.map((a, j) => a + (precision[i]?.[j] as number))));
  const { realEigenvalues } = new EigenvalueDecomposition(system, { assumeSymmetric: true });
  const largest = Math.max(...realEigenvalues);
  if (largest === 0 || Math.min(...realEigenvalues) < 1e-10 * largest) return null;
  return solve(system, Matrix.columnVector(correlation(points, d))).to1DArray();
}
