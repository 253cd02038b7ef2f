/** The bound over all activation patterns: the largest norm that any choice of pieces gives, reachable or not. */
import { add, frobenius, identity, multiply, type Rows, rowSumNorm, spectralNorm } from '#math/rows';
import type { Norm } from './build';
import { type Activation, directions, type Network, reflected, slopes } from './network';

/** More patterns than this are not enumerated. */
export const MOST_PATTERNS = 2 ** 16;

const permutations = (n: number): number[][] =>
  n === 0 ? [[]] : permutations(n - 1).flatMap((p) => Array.from({ length: n }, (_, at) => p.toSpliced(at, 0, n - 1)));

/** What one group (or one entry) can do to an increment, as square matrices. */
function pieces(a: Activation): Rows[] {
  if (a.name === 'linear') return [[Float64Array.of(1)]];
  // tanh has any slope in (0, 1]; a norm is convex in each slope, so its largest value lies at the ends.
  if (a.group === 1) return slopes(a).map((s) => [Float64Array.of(s)]);
  if (a.name === 'householder') {
    return [identity(2), reflected(identity(2), directions(a).changed[0] as Float64Array)];
  }
  const I = identity(a.group);
  return permutations(a.group).map((p) => p.map((from) => I[from] as Float64Array));
}

/** How many patterns a network has. */
export const patternCount = (network: Network): number =>
  network.reduce((count, { weight, activation: a }) => count * pieces(a).length ** (weight.length / a.group), 1);

/** The largest norm over all patterns; null where there are more than {@link MOST_PATTERNS}. */
export function patternBound(network: Network, norm: Norm): number | null {
  if (!(patternCount(network) <= MOST_PATTERNS)) return null;
  let best = 0;
  const judge = (M: Rows) => {
    if (norm === 'linf') best = Math.max(best, rowSumNorm(M));
    // |M|_2 <= |M|_F: most patterns need no singular values.
    else if (frobenius(M) > best) best = Math.max(best, spectralNorm(M));
  };
  const descend = (k: number, M: Rows): void => {
    const layer = network[k];
    if (!layer) {
      judge(M);
      return;
    }
    const V = multiply(layer.weight, M);
    const choices = pieces(layer.activation);
    const { group } = layer.activation;
    const X: Float64Array[] = V.map((row) => row.slice());
    const choose = (at: number): void => {
      if (at === V.length) {
        descend(k + 1, layer.residual ? add(X, M) : X);
        return;
      }
      for (const piece of choices) {
        multiply(piece, V.slice(at, at + group)).forEach((row, i) => {
          X[at + i] = row;
        });
        choose(at + group);
      }
    };
    choose(0);
  };
  descend(0, identity(network[0]?.weight[0]?.length ?? 0));
  return best;
}
