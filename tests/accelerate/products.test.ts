import { describe, expect, test } from 'vitest';
import { accelerate } from '#accelerate/accelerate';
import * as tf from '#lab/tf';
import { expectClose, fuzz, tensor } from './fuzz';

const FLAGS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

/** Batches of the two operands; none is rank 2. */
const BATCHES = [
  [[], []],
  [[3], [3]],
  [[1], [4]],
  [[5], [1]],
  [[], [3]],
  [
    [2, 3],
    [2, 3],
  ],
] as [number[], number[]][];

/** Sizes that are worked on in several blocks (256 rows, 256 terms), none of them whole. */
const LARGE = [
  [300, 700, 19],
  [5, 513, 33],
  [517, 3, 9],
] as [number, number, number][];

describe.each(FLAGS)('with transposeA %s and transposeB %s', (transposeA, transposeB) => {
  const { below, size, operand } = fuzz(`product ${transposeA} ${transposeB}`);
  const operands = ([batchA, batchB]: [number[], number[]], [M, K, N]: [number, number, number]) =>
    [
      operand([...batchA, ...(transposeA ? [K, M] : [M, K])]),
      operand([...batchB, ...(transposeB ? [N, K] : [K, N])]),
    ] as const;

  test('80 products are what plain JavaScript computes', async () => {
    for (let i = 0; i < 80; i++) {
      const inner = size();
      const [a, b] = operands(BATCHES[i % BATCHES.length] as [number[], number[]], [size(), inner, size()]);
      await expectClose(() => [tf.matMul(tensor(a), tensor(b), transposeA, transposeB)], inner);
    }
  });

  test('so are products larger than a block', async () => {
    for (const sizes of LARGE) {
      const [a, b] = operands([[], []], sizes);
      await expectClose(() => [tf.matMul(tensor(a), tensor(b), transposeA, transposeB)], sizes[1]);
    }
  });

  test('20 products with bias and activation fused are what the separate operations give', async () => {
    const activations = { linear: (x: tf.Tensor) => x, relu: tf.relu, sigmoid: tf.sigmoid, elu: tf.elu };
    const names = Object.keys(activations) as (keyof typeof activations)[];
    for (let i = 0; i < 20; i++) {
      const [M, K, N] = [size(), size(), size()];
      const batch = below(2) ? [] : [3];
      const [a, b] = operands([batch, batch], [M, K, N]);
      const bias = operand([N]);
      const activation = names[i % names.length] as keyof typeof activations;
      const options = { transposeA, transposeB, activation };
      // On cpu too this runs the fused kernel, so compare with the plain operations, here.
      await expectClose(() => {
        const product = tf.matMul(tensor<tf.Rank.R3>(a), tensor(b), transposeA, transposeB);
        const plain = tf.add(product, tensor(bias));
        const separate = activations[activation](plain);
        const fused = tf.fused.matMul({ a: tensor(a), b: tensor(b), bias: tensor(bias), ...options });
        return [tf.sub(fused, separate), fused];
      }, K + 1);
    }
  });

  test('20 gradients are what plain JavaScript computes', async () => {
    for (let i = 0; i < 20; i++) {
      const batch = i % 2 ? [3] : [];
      const [a, b] = operands([batch, batch], [size(), size(), size()]);
      const gradients = () =>
        tf.grads((p: tf.Tensor, q: tf.Tensor) => {
          const product = tf.matMul(p, q, transposeA, transposeB);
          // A different weight for every entry, so that no transposition can hide.
          const weight = tf.reshape(tf.linspace(-1, 1, product.size), product.shape);
          return tf.sum(tf.mul(product, weight));
        })([tensor(a), tensor(b)]);
      await expectClose(gradients, Math.max(...a.shape, ...b.shape));
    }
  });
});

test('batches that are broadcast both ways are the products of their pairs', () => {
  // Not compared with tfjs's cpu backend, which reads beyond the operands here.
  const { operand } = fuzz('both ways');
  const [a, b] = [operand([2, 1, 3, 4]), operand([1, 5, 4, 6])];
  const all = tf.matMul(tensor<tf.Rank.R4>(a), tensor<tf.Rank.R4>(b));
  expect(all.shape).toEqual([2, 5, 3, 6]);
  for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 5; j++) {
      const [x, y] = [a.values.slice(12 * i, 12 * (i + 1)), b.values.slice(24 * j, 24 * (j + 1))];
      const pair = tf.tidy(() => tf.matMul(tf.tensor2d(x, [3, 4]), tf.tensor2d(y, [4, 6])));
      expect(all.dataSync().slice(18 * (5 * i + j), 18 * (5 * i + j + 1))).toEqual(pair.dataSync());
      pair.dispose();
    }
  }
  all.dispose();
});

test('60 gradients of convolutions by filter and picture, with strides and padding', async () => {
  const { below, operand } = fuzz('convolution');
  for (let i = 0; i < 60; i++) {
    const [height, width] = [1 + below(3), 1 + below(3)];
    const [inputs, outputs] = [1 + below(5), 1 + below(9)];
    const x = operand([1 + below(3), height + below(7), width + below(7), inputs]);
    const filter = operand([height, width, inputs, outputs]);
    const strides: [number, number] = [1 + below(3), 1 + below(3)];
    const pad = below(2) ? 'same' : 'valid';
    const gradients = () =>
      tf.grads((p: tf.Tensor, f: tf.Tensor) => {
        const y = tf.conv2d(p as tf.Tensor4D, f as tf.Tensor4D, strides, pad);
        return tf.sum(tf.mul(y, tf.reshape(tf.linspace(-1, 1, y.size), y.shape)));
      })([tensor(x), tensor(filter)]);
    await expectClose(gradients, Math.max(9 * outputs, ...[x.values.length / inputs]));
  }
});

test('a product with transposed operands has the values of the definition', () => {
  const [a, b] = [tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), tf.tensor2d([1, 0, 2, 0, 1, 3], [2, 3])];
  const product = tf.matMul(a, b, true, true);
  // By hand: rows of a^T are (1, 3, 5) and (2, 4, 6); columns of b^T are (1, 0, 2) and (0, 1, 3).
  expect(Array.from(product.dataSync())).toEqual([11, 18, 14, 22]);
  tf.dispose([a, b, product]);
});

test('empty operands give empty results, and sums of no terms are zero', () => {
  const empty = tf.matMul(tf.zeros([0, 3]) as tf.Tensor2D, tf.ones([3, 2]) as tf.Tensor2D);
  expect(empty.shape).toEqual([0, 2]);
  const zero = tf.matMul(tf.zeros([2, 0]) as tf.Tensor2D, tf.ones([0, 3]) as tf.Tensor2D);
  expect(Array.from(zero.dataSync())).toEqual([0, 0, 0, 0, 0, 0]);
  tf.dispose([empty, zero]);
});

test('accelerating again changes nothing', () => {
  const installed = tf.getKernel('BatchMatMul', 'wasm').kernelFunc;
  accelerate();
  expect(tf.getKernel('BatchMatMul', 'wasm').kernelFunc).toBe(installed);
});
