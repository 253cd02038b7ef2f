/** How much a model's predictions depend on more than the current token, and how far they are from the bigram's. */
import * as tf from '#lab/tf';
import type { Shape } from './layout';
import { logitsOf, weightsOf } from './model';

/** Positions before this one are left out: a full model has little context there, whatever it could do with it. */
const FROM = 4;

export interface Dependence {
  /** Mean KL divergence, in nats, of each prediction from the mean prediction behind the same token. */
  onContext: number;
  /** Mean KL divergence, in nats, of the bigram's row from the prediction. */
  fromBigram: number;
}

/** sum p log(p / q), in nats, for q from `logq`; 0 log 0 is 0. */
function divergence(p: ArrayLike<number>, logq: (w: number) => number): number {
  let sum = 0;
  for (let w = 0; w < p.length; w++) {
    const x = p[w] as number;
    if (x > 0) sum += x * (Math.log(x) - logq(w));
  }
  return sum;
}

/** Over all windows of T tokens that follow one another in `tokens`, from position 4 on. */
export function dependence(shape: Shape, flat: Float32Array, tokens: Uint16Array, table: Float32Array): Dependence {
  const { context: T, vocabulary: V } = shape;
  const windows = Math.floor(tokens.length / T);
  const inputs = Int32Array.from(tokens.subarray(0, windows * T));
  const weights = weightsOf(shape, flat);
  const logq = new Float32Array(inputs.length * V);
  const chunk = 64 * T;
  for (let from = 0; from < inputs.length; from += chunk) {
    const part = inputs.subarray(from, from + chunk);
    logq.set(
      tf.tidy(() => tf.logSoftmax(logitsOf(shape, weights, part)).dataSync()),
      from * V,
    );
  }
  tf.dispose(weights);

  const used = Array.from(inputs.keys()).filter((i) => i % T >= FROM);
  const means = new Float64Array(V * V);
  const seen = new Uint32Array(V);
  for (const i of used) {
    const token = inputs[i] as number;
    seen[token] = (seen[token] as number) + 1;
    for (let w = 0; w < V; w++)
      means[token * V + w] = (means[token * V + w] as number) + Math.exp(logq[i * V + w] as number);
  }
  let [onContext, fromBigram] = [0, 0];
  for (const i of used) {
    const token = inputs[i] as number;
    const at = logq.subarray(i * V, (i + 1) * V);
    onContext += divergence(at.map(Math.exp), (w) =>
      Math.log((means[token * V + w] as number) / (seen[token] as number)),
    );
    fromBigram += divergence(table.subarray(token * V, (token + 1) * V), (w) => at[w] as number);
  }
  return { onContext: onContext / used.length, fromBigram: fromBigram / used.length };
}
