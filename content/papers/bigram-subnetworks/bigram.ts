/** The bigram model: how often each token follows each other one, and the surprisal of that. */

/** C(v, w) [V, V]: how often w follows v in `tokens`. */
export function countPairs(tokens: Uint16Array, V: number): Uint32Array {
  const counts = new Uint32Array(V * V);
  for (let i = 1; i < tokens.length; i++) {
    const pair = (tokens[i - 1] as number) * V + (tokens[i] as number);
    counts[pair] = (counts[pair] as number) + 1;
  }
  return counts;
}

/**
 * P(w | v) = C(v, w) / C(v) [V, V], with no smoothing. As in the paper's code, a token that nothing followed takes the
 * frequencies of all following tokens.
 */
export function bigramTable(counts: Uint32Array, V: number): Float32Array {
  const table = new Float32Array(V * V);
  const following = new Float64Array(V);
  counts.forEach((n, pair) => {
    following[pair % V] = (following[pair % V] as number) + n;
  });
  const all = following.reduce((a, b) => a + b, 0);
  for (let v = 0; v < V; v++) {
    const row = counts.subarray(v * V, (v + 1) * V);
    const seen = row.reduce((a, b) => a + b, 0);
    for (let w = 0; w < V; w++) {
      table[v * V + w] = seen > 0 ? (row[w] as number) / seen : (following[w] as number) / all;
    }
  }
  return table;
}

/** Entropy of the next token given this one, in nats, over the pairs that were counted. */
export function bigramEntropy(counts: Uint32Array, V: number): number {
  let [sum, all] = [0, 0];
  for (let v = 0; v < V; v++) {
    const row = counts.subarray(v * V, (v + 1) * V);
    const seen = row.reduce((a, b) => a + b, 0);
    all += seen;
    for (const n of row) if (n > 0) sum -= n * Math.log(n / seen);
  }
  return sum / all;
}

/** -log2 P(next | token), in bits; infinite for a pair that was never counted. */
export const bigramSurprisal = (table: Float32Array, V: number, token: number, next: number): number =>
  -Math.log2(table[token * V + next] as number);
