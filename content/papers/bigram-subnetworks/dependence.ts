/** How much a model's predictions depend on more than the current token, and how far they are from the bigram's. */
import type { Shape } from './layout';

/** Positions before this one are left out: a full model has little context there, whatever it could do with it. */
const FROM = 4;

export interface Dependence {
  /** Mean KL divergence, in nats, of each prediction from the mean prediction behind the same token. */
  onContext: number;
  /** Mean KL divergence, in nats, of the bigram's row from the prediction. */
  fromBigram: number;
}

/** Sum of p log p over one row, in nats; 0 log 0 is 0. */
function negativeEntropy(p: ArrayLike<number>): number {
  let sum = 0;
  for (let w = 0; w < p.length; w++) {
    const x = p[w] as number;
    if (x > 0) sum += x * Math.log(x);
  }
  return sum;
}

/**
 * From log q [tokens, V] of windows of T tokens, positions from 4 on. The divergences from a token's mean add up to the
 * predictions' negative entropies less that of the mean, once for each of them.
 */
export function dependence(
  { context: T, vocabulary: V }: Shape,
  logq: Float32Array,
  tokens: Uint16Array,
  table: Float32Array,
): Dependence {
  const means = new Map<number, { sum: Float64Array; seen: number }>();
  let [count, onContext, fromBigram] = [0, 0, 0];
  for (let i = 0; i < logq.length / V; i++) {
    if (i % T < FROM) continue;
    const token = tokens[i] as number;
    const at = logq.subarray(i * V, (i + 1) * V);
    const mean = means.get(token) ?? { sum: new Float64Array(V), seen: 0 };
    means.set(token, mean);
    mean.seen++;
    count++;
    const row = table.subarray(token * V, (token + 1) * V);
    for (let w = 0; w < V; w++) {
      const q = Math.exp(at[w] as number);
      mean.sum[w] = (mean.sum[w] as number) + q;
      onContext += q * (at[w] as number);
      fromBigram -= (row[w] as number) * (at[w] as number);
    }
    fromBigram += negativeEntropy(row);
  }
  for (const { sum, seen } of means.values()) onContext -= seen * negativeEntropy(sum.map((x) => x / seen));
  return { onContext: onContext / count, fromBigram: fromBigram / count };
}
