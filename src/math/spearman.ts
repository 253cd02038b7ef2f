/** Spearman's rank correlation with average ranks for ties; npm's statistics packages rank ties in order of arrival. */

function ranks(xs: readonly number[]): number[] {
  return xs.map((x) => {
    const smaller = xs.filter((y) => y < x).length;
    const equal = xs.filter((y) => y === x).length;
    return smaller + (equal + 1) / 2;
  });
}

/**
 * Correlation of the ranks of `xs` and `ys` (equally long), in [-1, 1]. NaN where all of one side are equal: then
 * there is no order to compare.
 */
export function spearman(xs: readonly number[], ys: readonly number[]): number {
  if (xs.length !== ys.length) throw new RangeError(`Lengths differ: ${xs.length} and ${ys.length}.`);
  const [a, b] = [ranks(xs), ranks(ys)];
  const middle = (xs.length + 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const da = (a[i] as number) - middle;
    const db = (b[i] as number) - middle;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}
