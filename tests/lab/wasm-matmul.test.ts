import { afterEach, describe, expect, test } from 'vitest';
import { useBackend } from '#lab/backends';
import { randomFrom, type Stream } from '#lab/random';
import * as tf from '#lab/tf';
import { useExplicitTransposes } from '#lab/wasm-matmul';

afterEach(() => useBackend('wasm'));

const FLAGS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
const SIZES = [1, 1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 31, 33];
/** Batches of the two operands; none is rank 2. */
const BATCHES = [
  [[], []],
  [[3], [3]],
  [[1], [4]],
  [[5], [1]],
  [[1], [1]],
] as const;

interface Operand {
  shape: number[];
  values: Float32Array;
}
interface Case {
  a: Operand;
  b: Operand;
  bias: Operand;
  inner: number;
}

function operand(
  stream: Stream,
  batch: readonly number[],
  rows: number,
  columns: number,
  transposed: boolean,
): Operand {
  const shape = [...batch, ...(transposed ? [columns, rows] : [rows, columns])];
  return { shape, values: stream.uniform(tf.util.sizeFromShape(shape), -1, 1) };
}

function cases(transposeA: boolean, transposeB: boolean): Case[] {
  const stream = randomFrom(11)(`${transposeA}${transposeB}`);
  const size = () => SIZES[stream.index(SIZES.length)] as number;
  return Array.from({ length: 20 }, (_, i) => {
    const [batchA, batchB] = BATCHES[i % BATCHES.length] as (typeof BATCHES)[number];
    const [rows, inner, columns] = [size(), size(), size()];
    return {
      a: operand(stream, batchA, rows, inner, transposeA),
      b: operand(stream, batchB, inner, columns, transposeB),
      bias: { shape: [columns], values: stream.uniform(columns, -1, 1) },
      inner,
    };
  });
}

const tensor = ({ shape, values }: Operand) => tf.tensor(values, shape);

/** What `compute` returns on both backends, with the tensors and buffers that it left behind. */
async function onBoth(compute: () => tf.Tensor[]) {
  const results = [];
  for (const name of ['wasm', 'cpu'] as const) {
    await useBackend(name);
    const count = () => [tf.memory().numTensors, tf.backend().numDataIds()];
    const before = count();
    const tensors = tf.tidy(compute);
    results.push({ shapes: tensors.map((t) => t.shape), values: tensors.map((t) => Array.from(t.dataSync())) });
    tf.dispose(tensors);
    expect(count()).toEqual(before);
  }
  return results as [(typeof results)[number], (typeof results)[number]];
}

async function expectEqual(compute: () => tf.Tensor[], terms: number) {
  const [wasm, cpu] = await onBoth(compute);
  expect(wasm.shapes).toEqual(cpu.shapes);
  wasm.values.forEach((values, i) => {
    const reference = cpu.values[i] as number[];
    const worst = Math.max(...values.map((x, j) => Math.abs(x - (reference[j] as number))));
    // Sums of `terms` products below 1, each rounded to float32 (2^-24), in two orders.
    expect(worst).toBeLessThanOrEqual(2 * terms ** 2 * 2 ** -24);
  });
}

describe.each(FLAGS)('with transposeA %s and transposeB %s', (transposeA, transposeB) => {
  const all = cases(transposeA, transposeB);

  test.each(all)('%#: $a.shape times $b.shape is what plain JavaScript computes', async ({ a, b, inner }) => {
    await expectEqual(() => [tf.matMul(tensor(a), tensor(b), transposeA, transposeB)], inner);
  });

  // One matrix at a time: with several, tfjs's own wasm kernel adds the bias to the first row of each alone.
  const single = all.filter(({ a, b }) => [a, b].every(({ shape }) => shape.length === 2 || shape[0] === 1));

  test.each(single)('%#: with bias and relu fused, $a.shape times $b.shape too', async ({ a, b, bias, inner }) => {
    const fused = () =>
      tf.fused.matMul({
        a: tensor(a) as tf.Tensor2D,
        b: tensor(b) as tf.Tensor2D,
        bias: tensor(bias),
        activation: 'relu',
        transposeA,
        transposeB,
      });
    await expectEqual(() => [fused()], inner + 1);
  });

  test.each(all.filter(({ a, b }) => a.shape.length === 2 || a.shape[0] === b.shape[0]))(
    '%#: the gradients of $a.shape times $b.shape are what plain JavaScript computes',
    async ({ a, b }) => {
      const gradients = () => {
        const [x, y] = [tensor(a), tensor(b)];
        return tf.grads((p: tf.Tensor, q: tf.Tensor) => {
          const product = tf.matMul(p, q, transposeA, transposeB);
          // A different weight for every entry, so that no transposition can hide.
          const weight = tf.reshape(tf.linspace(-1, 1, product.size), product.shape);
          return tf.sum(tf.mul(product, weight));
        })([x, y]);
      };
      await expectEqual(gradients, Math.max(...a.shape, ...b.shape));
    },
  );

  test('operands of rank 4 still work', async () => {
    const stream = randomFrom(12)('rank 4');
    const [a, b] = [operand(stream, [2, 3], 4, 5, transposeA), operand(stream, [2, 3], 5, 6, transposeB)];
    await expectEqual(() => [tf.matMul(tensor(a), tensor(b), transposeA, transposeB)], 5);
  });
});

test('a product with transposed operands has the values of the definition', async () => {
  await useBackend('wasm');
  const [a, b] = [tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), tf.tensor2d([1, 0, 2, 0, 1, 3], [2, 3])];
  const product = tf.matMul(a, b, true, true);
  // By hand: rows of a^T are (1, 3, 5) and (2, 4, 6); columns of b^T are (1, 0, 2) and (0, 1, 3).
  expect(Array.from(product.dataSync())).toEqual([11, 18, 14, 22]);
  tf.dispose([a, b, product]);
});

test('installing it again changes nothing', () => {
  const installed = tf.getKernel('BatchMatMul', 'wasm').kernelFunc;
  useExplicitTransposes();
  expect(tf.getKernel('BatchMatMul', 'wasm').kernelFunc).toBe(installed);
});
