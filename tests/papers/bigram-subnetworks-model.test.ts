import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { lossAndGradient } from '../../content/papers/bigram-subnetworks/gradient';
import { gateCount, layout, miniShape, pageShape, weightCount } from '../../content/papers/bigram-subnetworks/layout';
import { logitsOf, startWeights, weightsOf } from '../../content/papers/bigram-subnetworks/model';
import { differences, every, loss, predictions, relativeError } from './bigram-subnetworks-second';

/** Two blocks of two heads, small enough to differentiate every weight. */
const tiny = { vocabulary: 7, width: 6, layers: 2, heads: 2, context: 4 };
const entries = layout(tiny);
const flat = randomFrom(4)('weights').normal(weightCount(entries), 0, 0.5);
const draw = randomFrom(4)('tokens');
const ids = (length: number) => Int32Array.from({ length }, () => draw.index(tiny.vocabulary));
const tokens = ids(3 * tiny.context);
const rows = ids(3 * tiny.context);

/** A table of distributions, none of them one-hot. */
const table = (() => {
  const V = tiny.vocabulary;
  const raw = randomFrom(5)('table').uniform(V * V, 0, 1);
  const sum = (row: number) => raw.subarray(row * V, (row + 1) * V).reduce((a, b) => a + b, 0);
  return raw.map((x, i) => x / sum(Math.floor(i / V)));
})();

/** float32 keeps 7 digits; two blocks leave 5. */
const FLOAT32 = 2e-5;

const run = (tokens: Int32Array, T = tiny.context) =>
  tf.tidy(() => Array.from(tf.softmax(logitsOf(tiny, weightsOf(tiny, flat), tokens, T)).dataSync()));

describe('the language model', () => {
  test.each([
    // V d + T d + L (12 d^2 + 13 d) + 2 d and 12 L d^2, worked out by hand.
    ['page', pageShape, 234_880, 196_608],
    ['mini', miniShape, 34_176, 24_576],
  ])('of size %s has the weights and gates of the formula', (_, shape, weights, gates) => {
    expect(weightCount(layout(shape))).toBe(weights);
    expect(gateCount(layout(shape))).toBe(gates);
  });

  test('predicts what a second implementation in float64 does', () => {
    const expected = [0, 4, 8].flatMap((from) => predictions(tiny, flat, Array.from(tokens.subarray(from, from + 4))));
    expect(relativeError(run(tokens), expected.flat())).toBeLessThan(FLOAT32);
  });

  test('looks back only: a later token changes no earlier prediction', () => {
    const changed = tokens.slice(0, 4);
    changed[3] = ((changed[3] as number) + 1) % tiny.vocabulary;
    const [before, after] = [run(tokens.slice(0, 4)), run(changed)];
    expect(after.slice(0, 21)).toEqual(before.slice(0, 21));
    expect(after.slice(21)).not.toEqual(before.slice(21));
  });

  test('reads a shorter text as the beginning of a longer one', () => {
    expect(relativeError(run(tokens.slice(0, 3), 3), run(tokens.slice(0, 4)).slice(0, 21))).toBeLessThan(1e-6);
  });

  test('has the gradient of central differences in float64, in every fifth weight', () => {
    const { loss: value, gradient } = lossAndGradient(tiny, flat, tokens, table, rows);
    const second = (weights: ArrayLike<number>) => loss(tiny, weights, tokens, table, rows);
    expect(Math.abs(value / second(flat) - 1)).toBeLessThan(FLOAT32);
    const at = every(5, flat.length);
    const expected = differences(second, flat, 1e-5, at);
    for (const { name, offset, size } of entries) {
      // Keys' biases shift all scores of a row alike, so their gradient is 0: compared with the whole, not with itself.
      const here = at.flatMap((i, k) =>
        i >= offset && i < offset + size ? [[gradient[i], expected[k]] as const] : [],
      );
      const largest = Math.max(...here.map(([, e]) => Math.abs(e as number)));
      const worst = Math.max(...here.map(([g, e]) => Math.abs((g as number) - (e as number))));
      expect(worst, name).toBeLessThan(FLOAT32 * Math.max(largest, 0.1));
    }
  });

  test('leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    lossAndGradient(tiny, flat, tokens, table, rows);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('initial weights are those of GPT-2: deviation 0.02, smaller where they write into the residual stream', () => {
  const start = startWeights(pageShape, randomFrom(1));
  for (const { name, offset, size } of layout(pageShape)) {
    const part = start.subarray(offset, offset + size);
    const deviation = Math.sqrt(part.reduce((sum, v) => sum + v * v, 0) / size);
    if (name.endsWith('.gain')) expect(new Set(part), name).toEqual(new Set([1]));
    else if (name.endsWith('.bias')) expect(new Set(part), name).toEqual(new Set([0]));
    else {
      // 0.02 / sqrt(2 * 4 blocks) = 0.007071; the standard error of a deviation is 1 / sqrt(2 n) of it.
      const expected = /\.(out|down)$/.test(name) ? 0.007071 : 0.02;
      expect(Math.abs(deviation / expected - 1), name).toBeLessThan(4 / Math.sqrt(2 * size));
    }
  }
});
