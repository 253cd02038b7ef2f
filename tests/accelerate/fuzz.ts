/** Random operands for kernels, and the comparison of tfjs's wasm backend, accelerated, with its cpu backend. */
import { expect } from 'vitest';
import { useBackend } from '#lab/backends';
import { randomFrom, type Stream } from '#lab/random';
import * as tf from '#lab/tf';

/** Around the widths of vectors and blocks, and beyond them. */
const SIZES = [1, 1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31, 33];

export interface Operand {
  shape: number[];
  values: Float32Array;
}

export interface Fuzz {
  stream: Stream;
  /** A whole number below `n`. */
  below(n: number): number;
  size(): number;
  operand(shape: number[]): Operand;
  /** Values that arithmetic treats on their own: signed zeros, infinities, NaN, the smallest and largest numbers. */
  odd(shape: number[]): Operand;
}

const ODD = [0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e-45, -1e-45, 3e38, -3e38];

export function fuzz(name: string): Fuzz {
  const stream = randomFrom(11)(name);
  const below = (n: number) => stream.index(n);
  const filled = (shape: number[], value: () => number) => ({
    shape,
    values: Float32Array.from({ length: tf.util.sizeFromShape(shape) }, value),
  });
  return {
    stream,
    below,
    size: () => SIZES[below(SIZES.length)] as number,
    operand: (shape) => ({ shape, values: stream.uniform(tf.util.sizeFromShape(shape), -1, 1) }),
    odd: (shape) => filled(shape, () => ODD[below(ODD.length)] as number),
  };
}

export const tensor = <R extends tf.Rank>({ shape, values }: Operand) =>
  tf.tensor(values, shape as never) as tf.Tensor<R>;

/** What `compute` returns on both backends; neither may keep a tensor or a buffer of it. */
export async function onBoth(compute: () => tf.Tensor[]) {
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
  await useBackend('wasm');
  return results as [(typeof results)[number], (typeof results)[number]];
}

/** Each result on wasm is, to the bit, the one on cpu: right for single operations, which both round once. */
export async function expectSame(compute: () => tf.Tensor[]): Promise<void> {
  const [wasm, cpu] = await onBoth(compute);
  expect(wasm).toEqual(cpu);
}

/** The results agree but for the rounding of sums of `terms` products below 1 in two orders (2^-24 each). */
export async function expectClose(compute: () => tf.Tensor[], terms: number): Promise<void> {
  const [wasm, cpu] = await onBoth(compute);
  expect(wasm.shapes).toEqual(cpu.shapes);
  wasm.values.forEach((values, i) => {
    const reference = cpu.values[i] as number[];
    const worst = Math.max(0, ...values.map((x, j) => Math.abs(x - (reference[j] as number))));
    expect(worst).toBeLessThanOrEqual(2 * terms ** 2 * 2 ** -24);
  });
}
