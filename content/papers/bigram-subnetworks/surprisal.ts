/** How a model's surprisals go with those of the bigram model. */
import * as tf from '#lab/tf';
import { bigramSurprisal } from './bigram';
import type { Shape } from './layout';
import { logitsOf, weightsOf } from './model';

/** -log2 q(next token), in bits, at every position of every window but each window's last; row by row. */
export function surprisals(shape: Shape, flat: Float32Array, tokens: Uint16Array): Float64Array {
  const { context: T, vocabulary: V } = shape;
  const windows = Math.floor(tokens.length / T);
  const bits = new Float64Array(windows * (T - 1));
  const weights = weightsOf(shape, flat);
  const chunk = 64;
  for (let w = 0; w < windows; w += chunk) {
    const inputs = Int32Array.from(tokens.subarray(w * T, Math.min(w + chunk, windows) * T));
    const logq = tf.tidy(() => tf.logSoftmax(logitsOf(shape, weights, inputs)).dataSync());
    for (let i = 0; i < inputs.length; i++) {
      if (i % T === T - 1) continue;
      const nats = -(logq[i * V + (inputs[i + 1] as number)] as number);
      bits[(w + Math.floor(i / T)) * (T - 1) + (i % T)] = nats / Math.LN2;
    }
  }
  tf.dispose(weights);
  return bits;
}

/** The bigram model's surprisals at the same positions; infinite where the pair was never counted. */
export function bigramSurprisals(shape: Shape, table: Float32Array, tokens: Uint16Array): Float64Array {
  const { context: T, vocabulary: V } = shape;
  const windows = Math.floor(tokens.length / T);
  return Float64Array.from({ length: windows * (T - 1) }, (_, i) => {
    const at = Math.floor(i / (T - 1)) * T + (i % (T - 1));
    return bigramSurprisal(table, V, tokens[at] as number, tokens[at + 1] as number);
  });
}

/** Pearson's correlation over the positions where both are finite. */
export function correlation(x: Float64Array, y: Float64Array): number {
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
  return xy / Math.sqrt(xx * yy);
}

/** Mean in nats, over finite entries. */
export function meanNats(bits: Float64Array): number {
  const finite = bits.filter(Number.isFinite);
  return (finite.reduce((a, b) => a + b, 0) / finite.length) * Math.LN2;
}
