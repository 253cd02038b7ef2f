import { describe, expect, test } from 'vitest';
import * as tf from '#lab/tf';
import { expectClose, expectSame, fuzz, tensor } from './fuzz';

describe('arithmetic entry by entry', () => {
  const operations = { add: tf.add, sub: tf.sub, mul: tf.mul, div: tf.div };

  test.each(Object.entries(operations))(
    '%s, broadcast in 60 ways, has the bits of plain JavaScript',
    async (name, op) => {
      const { below, operand, odd, size } = fuzz(name);
      for (let i = 0; i < 60; i++) {
        const out = Array.from({ length: below(5) }, size);
        // Some axes are of size 1, and leading ones left out.
        const part = () => out.slice(below(out.length + 1)).map((n) => (below(3) === 0 ? 1 : n));
        const make = i % 4 === 3 ? odd : operand;
        const [a, b] = below(2) ? [make(out), make(part())] : [make(part()), make(out)];
        await expectSame(() => [op(tensor(a), tensor(b))]);
      }
    },
  );

  test('squares and steps, 40 of them, too, whatever the value', async () => {
    const { operand, odd, size, below } = fuzz('unary');
    for (let i = 0; i < 20; i++) {
      const x = (i % 2 ? odd : operand)([size(), size()]);
      const alpha = below(3);
      await expectSame(() => [tf.square(tensor(x))]);
      await expectSame(() => [tf.step(tensor(x), alpha)]);
    }
  });

  const waves = [
    ['sine', tf.sin, Math.sin],
    ['cosine', tf.cos, Math.cos],
  ] as const;

  test.each(waves)('the %s of 40,000 numbers, tiny to huge, is the nearest float, or next to it', (name, op, exact) => {
    const { stream, odd } = fuzz(name);
    const values = [1e-5, 0.1, 1, 3, 8, 30, 1e3, 1e6, 1e8, 1e12].flatMap((reach) => [
      ...stream.uniform(4001, -reach, reach),
    ]);
    const x = Float32Array.from([...values, ...odd([33]).values]);
    const input = tf.tensor1d(x);
    const result = op(input).dataSync();
    x.forEach((v, i) => {
      const [ours, theirs] = [result[i] as number, exact(v)];
      if (!Number.isFinite(v)) expect(ours).toBeNaN();
      else if (v === 0) expect(Object.is(ours, name === 'sine' ? v : 1)).toBe(true);
      else expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(2 ** (Math.floor(Math.log2(Math.abs(theirs))) - 23));
    });
    input.dispose();
  });

  test('whole numbers keep their type', () => {
    const sum = tf.add(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3, 4], 'int32'));
    expect([sum.dtype, ...sum.dataSync()]).toEqual(['int32', 4, 6]);
    sum.dispose();
  });
});

test('80 sums over some axes are what plain JavaScript computes', async () => {
  const { below, operand, size } = fuzz('sum');
  for (let i = 0; i < 80; i++) {
    const x = operand(Array.from({ length: 1 + below(4) }, size));
    const axes = x.shape.map((_, axis) => axis).filter(() => below(2) === 0);
    const terms = axes.reduce((product, axis) => product * (x.shape[axis] as number), 1);
    const keep = below(2) === 0;
    await expectClose(() => [tf.sum(tensor(x), axes, keep)], terms);
  }
});

describe('moving values', () => {
  test('60 transpositions', async () => {
    const { below, operand, stream } = fuzz('transpose');
    for (let i = 0; i < 60; i++) {
      const x = operand(Array.from({ length: 1 + below(5) }, () => 1 + below(6)));
      const order = x.shape.map((_, axis) => ({ axis, key: stream.uniform(1, 0, 1)[0] as number }));
      const perm = order.toSorted((a, b) => a.key - b.key).map(({ axis }) => axis);
      await expectSame(() => [tf.transpose(tensor(x), perm)]);
    }
  });

  test('60 slices', async () => {
    const { below, operand } = fuzz('slice');
    for (let i = 0; i < 60; i++) {
      const x = operand(Array.from({ length: 1 + below(4) }, () => 1 + below(9)));
      const begin = x.shape.map((n) => below(n));
      const size = x.shape.map((n, axis) => 1 + below(n - (begin[axis] as number)));
      await expectSame(() => [tf.slice(tensor(x), begin, size)]);
    }
  });

  test('a slice beyond the tensor is refused', () => {
    expect(() => tf.slice(tf.zeros([2, 3]), [0, 2], [2, 2])).toThrow('begin[1] + size[1]');
  });

  test('60 joins', async () => {
    const { below, operand } = fuzz('concat');
    for (let i = 0; i < 60; i++) {
      const shape = Array.from({ length: 1 + below(4) }, () => 1 + below(6));
      const axis = below(shape.length);
      const parts = Array.from({ length: 2 + below(3) }, () =>
        operand(shape.map((n, along) => (along === axis ? below(5) : n))),
      );
      if (parts.every((part) => part.shape[axis] === 0)) continue;
      await expectSame(() => [tf.concat(parts.map(tensor), axis)]);
    }
  });

  test('40 gradients of gathering rows, each row as often as it was gathered', async () => {
    const { below, operand } = fuzz('gather');
    for (let i = 0; i < 40; i++) {
      const [rows, width, count] = [1 + below(9), 1 + below(20), 1 + below(30)];
      const table = operand([rows, width]);
      const indices = Array.from({ length: count }, () => below(rows));
      const weights = operand([count, width]);
      const gradient = () =>
        tf.grad((t: tf.Tensor) => tf.sum(tf.mul(tf.gather(t, tf.tensor1d(indices, 'int32')), tensor(weights))))(
          tensor(table),
        );
      await expectClose(() => [gradient()], count);
    }
  });

  test('a cast to the same type and a clone share values that neither can change', () => {
    const x = tf.tensor1d([1, 2, 3]);
    const [cast, clone] = [tf.cast(x, 'float32'), tf.clone(x)];
    x.dispose();
    expect([...cast.dataSync(), ...clone.dataSync()]).toEqual([1, 2, 3, 1, 2, 3]);
    tf.dispose([cast, clone]);
  });
});
