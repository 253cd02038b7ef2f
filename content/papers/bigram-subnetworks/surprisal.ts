/** How a model's surprisals go with those of the bigram model. */
import { bigramSurprisal } from './bigram';
import type { Shape } from './layout';
import { logPredictions } from './predict';

/** -log2 q(next token), in bits, at every position of every window but each window's last; from log q [tokens, V]. */
export function surprisalsOf({ context: T, vocabulary: V }: Shape, logq: Float32Array, tokens: Uint16Array) {
  const windows = Math.floor(tokens.length / T);
  return Float64Array.from({ length: windows * (T - 1) }, (_, i) => {
    const at = Math.floor(i / (T - 1)) * T + (i % (T - 1));
    return -(logq[at * V + (tokens[at + 1] as number)] as number) / Math.LN2;
  });
}

export const surprisals = (shape: Shape, flat: Float32Array, tokens: Uint16Array): Float64Array =>
  surprisalsOf(shape, logPredictions(shape, flat, tokens), tokens);

/** The bigram model's surprisals at the same positions; infinite where the pair was never counted. */
export function bigramSurprisals(shape: Shape, table: Float32Array, tokens: Uint16Array): Float64Array {
  const { context: T, vocabulary: V } = shape;
  const windows = Math.floor(tokens.length / T);
  return Float64Array.from({ length: windows * (T - 1) }, (_, i) => {
    const at = Math.floor(i / (T - 1)) * T + (i % (T - 1));
    return bigramSurprisal(table, V, tokens[at] as number, tokens[at + 1] as number);
  });
}

/** Pearson's correlation over the positions where both are finite; null where it is not defined: too few, or all equal. */
export function correlation(x: Float64Array, y: Float64Array): number | null {
  const pairs = Array.from(x, (a, i) => [a, y[i] as number] as const).filter(
    ([a, b]) => Number.isFinite(a) && Number.isFinite(b),
  );
  const mean = (k: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [mx, my] = [mean(0), mean(1)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [a, b] of pairs) {
    xy += (a - mx) * (b - my);
    xx += (a - mx) ** 2;
    yy += (b - my) ** 2;
  }
  const r = xy / Math.sqrt(xx * yy);
  return Number.isFinite(r) ? r : null;
}

/** Mean in nats, over finite entries. */
export function meanNats(bits: Float64Array): number {
  const finite = bits.filter(Number.isFinite);
  return (finite.reduce((a, b) => a + b, 0) / finite.length) * Math.LN2;
}
