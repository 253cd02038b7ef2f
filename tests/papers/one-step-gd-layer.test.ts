import { describe, expect, test } from 'vitest';
import { startBackend } from '#lab/node';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { attend, attentionLayer, attentionOf, effectiveMap } from '../../content/papers/one-step-gd/attention';
import { ridge } from '../../content/papers/one-step-gd/regression';
import { drawPrompts, type Task } from '../../content/papers/one-step-gd/task';
import { stepAnswers } from '../../content/papers/one-step-gd/training';

const ones = [1, 1, 1];
const task: Task = { examples: 7, noise: 0.5, lambda: ones, gamma: ones };

/** Frobenius distance over the size of `b`. */
const distance = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
  Math.hypot(...a.flatMap((row, i) => row.map((x, j) => x - (b[i]?.[j] as number)))) / Math.hypot(...b.flat());

describe('the layer', async () => {
  await startBackend('wasm');
  const [d, n, batch] = [task.lambda.length, task.examples, 20];
  const prompts = drawPrompts(randomFrom(3)('layer'), task, batch);
  const tensors = () => ({
    tokens: tf.tensor3d(prompts.tokens, [batch, n, d + 1]),
    queries: tf.tensor2d(prompts.queries, [batch, d + 1]),
  });
  const diagonal = (entries: number[]) => entries.map((x, i) => entries.map((_, j) => (i === j ? x : 0)));

  test('with the constructed weights it answers one gradient step', async () => {
    const eta = 0.04;
    const layer = attentionOf({
      key: diagonal([1, 1, 1, 0]),
      query: diagonal([1, 1, 1, 0]),
      value: diagonal([0, 0, 0, 1]),
      readOut: [[0], [0], [0], [eta]],
    });
    const { tokens, queries } = tensors();
    const answers = await attend(layer, tokens, queries, 1).data();
    const expected = stepAnswers(prompts, n, diagonal([eta, eta, eta]));
    expected.forEach((x, i) => {
      expect(Math.abs((answers[i] as number) - x)).toBeLessThan(1e-6 * Math.max(1, Math.abs(x)));
    });
    expect(distance(await effectiveMap(layer, 1), [...diagonal([eta, eta, eta]), [0, 0, 0]])).toBeLessThan(1e-6);
  });

  test('changing W_K to T W_K and W_Q to its inverse transpose times W_Q changes no answer', async () => {
    const layer = attentionLayer(randomFrom(4), d, 0.5);
    const { tokens, queries } = tensors();
    const before = await attend(layer, tokens, queries, n).data();
    const T = tf.tensor2d([
      [2, 1, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 0.5, 0],
      [0, 0, 0, 1],
    ]);
    const inverseTranspose = tf.tensor2d([
      [0.5, 0, 0, 0],
      [-0.5, 1, 0, 0],
      [0, 0, 2, 0],
      [0, 0, 0, 1],
    ]);
    layer.key.assign(tf.matMul(T, layer.key));
    layer.query.assign(tf.matMul(inverseTranspose, layer.query));
    const after = await attend(layer, tokens, queries, n).data();
    after.forEach((x, i) => {
      expect(x).toBeCloseTo(before[i] as number, 4);
    });
  });

  test('its gradient agrees with finite differences for every weight', async () => {
    const layer = attentionLayer(randomFrom(6), d, 0.5);
    const { tokens, queries } = tensors();
    const targets = tf.tensor1d(prompts.targets);
    const loss = () => tf.losses.meanSquaredError(targets, attend(layer, tokens, queries, n)) as tf.Scalar;
    const variables = Object.values(layer) as tf.Variable[];
    const { grads } = tf.variableGrads(loss, variables);
    const h = 2e-2;
    for (const variable of variables) {
      const exact = await (grads[variable.name] as tf.Tensor).data();
      const values = await variable.data();
      for (const index of [0, 3, values.length - 1]) {
        if (index >= values.length) continue;
        const at = async (change: number) => {
          const moved = Float32Array.from(values);
          moved[index] = (moved[index] as number) + change;
          variable.assign(tf.tensor(moved, variable.shape));
          return ((await loss().data())[0] as number) ?? Number.NaN;
        };
        const slope = ((await at(h)) - (await at(-h))) / (2 * h);
        await at(0);
        expect(Math.abs(slope - (exact[index] as number))).toBeLessThan(2e-2 * Math.max(0.2, Math.abs(slope)));
      }
    }
  });
});

describe('ridge regression', () => {
  const points = [
    { x: [1, 0.5], y: 2 },
    { x: [-0.3, 1], y: -1 },
    { x: [0.7, -2], y: 0.4 },
  ];
  test('makes the gradient of the penalised squares zero', () => {
    const precision = [
      [0.5, 0.1],
      [0.1, 0.8],
    ];
    const w = ridge(points, precision) as number[];
    for (const j of [0, 1]) {
      const pull = points.reduce(
        (sum, { x, y }) =>
          sum + (x[j] as number) * (y - (x[0] as number) * (w[0] as number) - (x[1] as number) * (w[1] as number)),
        0,
      );
      const penalty = (precision[j] as number[]).reduce((sum, p, k) => sum + p * (w[k] as number), 0);
      expect(pull - penalty).toBeCloseTo(0, 12);
    }
  });
  test('is undefined where the points leave the weights open, and defined with a penalty', () => {
    const zero = [
      [0, 0],
      [0, 0],
    ];
    expect(ridge(points.slice(0, 1), zero)).toBeNull();
    expect(ridge([], zero)).toBeNull();
    expect(
      ridge(
        [],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    ).toEqual([0, 0]);
  });
});
