/** What can be read from a stage of the residual stream: its next token, its current token. */
import * as tf from '#lab/tf';
import type { Shape } from './layout';
import type { AffineMap, Rows } from './linear-map';
import { readOut, residualStream, type Weights, weightsOf } from './model';
import { logSoftmaxRows } from './predict';

/** The residual stream of every token of `tokens`: after the embedding, then after each block. */
export function streamOf(shape: Shape, flat: Float32Array, tokens: Uint16Array, T = shape.context): Rows[] {
  const weights = weightsOf(shape, flat);
  const stages: Rows[] = [];
  // Nothing is returned: tfjs would look for tensors in each of the numbers.
  tf.tidy(() => {
    for (const h of residualStream(shape, weights, Int32Array.from(tokens), T)) {
      stages.push({ values: (h.dataSync() as Float32Array).slice(), columns: shape.width });
    }
  });
  tf.dispose(weights);
  return stages;
}

const tensorOf = ({ values, columns }: Rows) => tf.tensor2d(values, [values.length / columns, columns]);

const throughMap = (x: tf.Tensor2D, { map, offset }: AffineMap): tf.Tensor2D =>
  tf.add(tf.matMul(x, tf.tensor2d(map.to1DArray(), [map.rows, map.columns])), tf.tensor1d(Float32Array.from(offset)));

/** log q [tokens, V] read out of `stage`, through `map` first where one is given (the output lens; else the logit lens). */
export function lens(shape: Shape, flat: Float32Array, stage: Rows, map?: AffineMap): Float32Array {
  const weights: Weights = weightsOf(shape, flat);
  const logq = new Float32Array((stage.values.length / stage.columns) * shape.vocabulary);
  tf.tidy(() => {
    const h = tensorOf(stage);
    logq.set(readOut(weights, map ? throughMap(h, map) : h).dataSync());
  });
  tf.dispose(weights);
  return logSoftmaxRows(logq, shape.vocabulary);
}

/** The input embeddings of `tokens`, as rows. */
export function embeddings({ width: d }: Shape, flat: Float32Array, tokens: Uint16Array): Rows {
  const values = new Float32Array(tokens.length * d);
  tokens.forEach((token, i) => {
    values.set(flat.subarray(token * d, (token + 1) * d), i * d);
  });
  return { values, columns: d };
}

/** Share of tokens whose own embedding is, of all V, the nearest in angle to the stage carried through `map`. */
export function inputRecall(
  shape: Shape,
  flat: Float32Array,
  stage: Rows,
  map: AffineMap,
  tokens: Uint16Array,
): number {
  const { vocabulary: V, width: d } = shape;
  const scores = new Float32Array(tokens.length * V);
  tf.tidy(() => {
    // The embedding is the first of the weights.
    const table = tf.tensor2d(flat.slice(0, V * d), [V, d]);
    const unit: tf.Tensor2D = tf.div(table, tf.norm(table, 2, 1, true));
    scores.set(tf.matMul(throughMap(tensorOf(stage), map), tf.transpose(unit)).dataSync());
  });
  let hits = 0;
  tokens.forEach((token, i) => {
    const row = scores.subarray(i * V, (i + 1) * V);
    if (row.every((score) => score <= (row[token] as number))) hits++;
  });
  return hits / tokens.length;
}
