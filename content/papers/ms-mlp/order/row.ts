/** One row of tokens: shifting and mixing in either order. Exact arithmetic on a few numbers, hence plain TypeScript. */
import { wrapped } from '#nn/vision/mix-shift';

export type Padding = 'zeros' | 'circular';

/** Moves every value s places to the right, around the end; to the left for s < 0. */
export const shifted = (row: readonly number[], s: number): number[] =>
  row.map((_, j) => row[wrapped(j - s, row.length)] as number);

/** Cross-correlation with a kernel of odd length; beyond the ends lie zeros, or the other end. */
export const mixed = (row: readonly number[], kernel: readonly number[], padding: Padding): number[] =>
  row.map((_, j) =>
    kernel.reduce((sum, weight, tap) => {
      const at = j + tap - (kernel.length - 1) / 2;
      const inside = padding === 'circular' ? row[wrapped(at, row.length)] : row[at];
      return sum + weight * (inside ?? 0);
    }, 0),
  );

/**
 * Columns where both orders differ for rows without zeros, by arithmetic: those whose window reaches beyond the border
 * in one order but not in the same way in the other. R on each side of the row, and R on each side of where the shift
 * has taken the seam; where the two lie on each other and R and s allow it, some of them.
 */
export function expectedColumns(n: number, s: number, k: number, padding: Padding): number[] {
  const R = (k - 1) / 2;
  const shift = wrapped(s, n);
  if (padding === 'circular' || shift === 0 || R === 0) return [];
  const columns = new Set<number>();
  for (let r = 0; r < R; r++) {
    for (const j of [r, n - 1 - r, shift + r, shift - 1 - r]) columns.add(wrapped(j, n));
  }
  return [...columns].sort((a, b) => a - b);
}
