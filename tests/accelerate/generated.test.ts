import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fusedSupported, instantiate } from '#accelerate/kernels';
import { fuzz } from './fuzz';

test('the compiled kernels are those of the source', async () => {
  const { generated } = await import('../../scripts/kernels.mjs');
  expect(readFileSync('src/accelerate/kernels.generated.ts', 'utf8')).toBe(await generated());
});

test.each([false, true])(
  'the kernels write nothing of their own into the memory they are given (fused: %s)',
  (fused) => {
    const memory = new WebAssembly.Memory({ initial: 4 });
    instantiate(memory, fused);
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 0)).toBe(true);
  },
);

test('products with one rounding are nearer to the exact ones', () => {
  expect(fusedSupported()).toBe(true);
  const K = 256;
  const { stream } = fuzz('rounding');
  const [a, b] = [stream.uniform(64 * K, -1, 1), stream.uniform(64 * K, -1, 1)];
  /** 64 x 64 inner products, and their mean square error against sums in double precision. */
  const measured = (one: boolean) => {
    const memory = new WebAssembly.Memory({ initial: 8 });
    const values = new Float32Array(memory.buffer);
    const [x, y, out, scratch] = [0, 64 * K, 128 * K, 128 * K + 4096].map((at) => 1024 + 4 * at) as [
      number,
      number,
      number,
      number,
    ];
    values.set(a, x / 4);
    values.set(b, y / 4);
    instantiate(memory, one).matmul(x, y, out, 1, 0, 0, 64, 64, K, 0, 1, scratch);
    let sum = 0;
    for (let i = 0; i < 64; i++) {
      for (let j = 0; j < 64; j++) {
        let exact = 0;
        for (let k = 0; k < K; k++) exact += (a[i * K + k] as number) * (b[j * K + k] as number);
        sum += (exact - (values[out / 4 + 64 * i + j] as number)) ** 2;
      }
    }
    return { products: [...values.subarray(out / 4, out / 4 + 4096)], error: sum / 4096 };
  };
  const [fused, plain] = [measured(true), measured(false)];
  expect(plain.error).toBeGreaterThan(0);
  // A processor without the instruction may round twice in both: then they are the same to the bit.
  if (fused.products.some((product, i) => product !== plain.products[i])) expect(fused.error).toBeLessThan(plain.error);
});
