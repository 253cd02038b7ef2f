/**
 * How well the mixing branch of one block, with the best kernels there are, can copy a map of white noise that has been
 * moved: least squares. Circular everywhere, so that every token is like every other.
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { type MixShiftOptions, wrapped } from '#nn/vision/mix-shift';

/** Rows down and columns to the right of the output. */
export type Offset = readonly [number, number];

/** Where the groups of one block read, relative to the output: the squares around (0, -s) and (-s, 0), each offset once. */
export function offsetsOf({ shifts, kernels }: MixShiftOptions): Offset[] {
  const found = new Map<string, Offset>();
  kernels.forEach((k, g) => {
    const [R, s] = [(k - 1) / 2, shifts[g] as number];
    for (let i = -R; i <= R; i++) {
      for (let j = -R; j <= R; j++) {
        for (const offset of [
          [i, j - s],
          [i - s, j],
        ] as const)
          found.set(offset.join(), offset);
      }
    }
  });
  return [...found.values()];
}

/** Mean of x(p) x(p + lag) over the n x n places p of a map that closes on itself; each lag is worked out once. */
function autocorrelation(x: ArrayLike<number>, n: number): (lag: Offset) => number {
  const known = new Map<string, number>();
  return ([down, right]) => {
    // A lag and its opposite have the same sum, to the last bit only if it is worked out once.
    const [i, j] = down < 0 || (down === 0 && right < 0) ? [-down, -right] : [down, right];
    const name = `${i},${j}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    let sum = 0;
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        sum += (x[row * n + column] as number) * (x[wrapped(row + i, n) * n + wrapped(column + j, n)] as number);
      }
    }
    known.set(name, sum / n ** 2);
    return sum / n ** 2;
  };
}

/**
 * Best mean squared error, as a share of the map's power, with which a weighted sum of what is read at `reads` gives what
 * stands at each of `wanted`. Corrected for the weights that were fitted, so that it is 1 on average where nothing helps.
 */
export function bestErrors(
  x: ArrayLike<number>,
  n: number,
  reads: readonly Offset[],
  wanted: readonly Offset[],
): number[] {
  const correlation = autocorrelation(x, n);
  const between = ([a, b]: Offset, [c, d]: Offset) => correlation([c - a, d - b]);
  const power = correlation([0, 0]);
  const gram = new Matrix(reads.map((a) => reads.map((b) => between(a, b))));
  const right = new Matrix(reads.map((a) => wanted.map((b) => between(a, b))));
  const weights = new CholeskyDecomposition(gram).solve(right);
  const freedom = n ** 2 / (n ** 2 - reads.length);
  return wanted.map((_, w) => {
    const explained = reads.reduce((sum, _read, r) => sum + right.get(r, w) * weights.get(r, w), 0);
    return Math.max(0, 1 - explained / power) * freedom;
  });
}
