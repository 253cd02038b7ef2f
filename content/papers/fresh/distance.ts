/** The Wasserstein-1 distance between two spectra, as FreSh measures it (official code, `get_wasserstein`). */

/**
 * W(u, v) = sum_{j=1}^{n-1} |sum_{d<=j} (u_d - v_d)|, after scaling both to sum 1: how many bins the mass of one
 * spectrum has to travel on average to become the other. Unit: frequency bins. NaN if either sums to zero.
 */
export function wasserstein(u: readonly number[], v: readonly number[]): number {
  if (u.length !== v.length) throw new RangeError(`Spectra of ${u.length} and ${v.length} bins cannot be compared.`);
  return cumulativeDifference(u, v)
    .slice(0, -1)
    .reduce((sum, gap) => sum + Math.abs(gap), 0);
}

/** Difference of the two cumulative distributions at every bin; the last is 0. */
export function cumulativeDifference(u: readonly number[], v: readonly number[]): number[] {
  const [totalU, totalV] = [sum(u), sum(v)];
  let gap = 0;
  return u.map((x, d) => {
    gap += x / totalU - (v[d] as number) / totalV;
    return gap;
  });
}

const sum = (xs: readonly number[]) => xs.reduce((total, x) => total + x, 0);
