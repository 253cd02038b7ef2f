import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { dct2, dctMatrix, inverseDct2, radialBands } from '#math/dct';

const at = (a: ArrayLike<number>, i: number) => a[i] as number;
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - at(b, i))));

describe('the matrix', () => {
  test.each([1, 2, 3, 8, 28, 64])('of side %i is orthogonal', (n) => {
    const D = dctMatrix(n);
    for (let k = 0; k < n; k++) {
      for (let l = 0; l < n; l++) {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += at(D, k * n + i) * at(D, l * n + i);
        expect(Math.abs(dot - (k === l ? 1 : 0))).toBeLessThan(1e-12);
      }
    }
  });

  test('of side 4 has the entries of the closed form in radicals', () => {
    const [c, s] = [Math.sqrt(2 + Math.SQRT2) / 2, Math.sqrt(2 - Math.SQRT2) / 2];
    const expected = [
      [1, 1, 1, 1].map((x) => x / 2),
      [c, s, -s, -c].map((x) => x * Math.SQRT1_2),
      [1, -1, -1, 1].map((x) => x / 2),
      [s, -c, c, -s].map((x) => x * Math.SQRT1_2),
    ].flat();
    expect(worst(dctMatrix(4), expected)).toBeLessThan(1e-15);
  });

  test('diagonalises the path graph: its rows are eigenvectors of differences with repeated ends', () => {
    const n = 9;
    const D = dctMatrix(n);
    for (let k = 0; k < n; k++) {
      const d = (i: number) => at(D, k * n + Math.min(n - 1, Math.max(0, i)));
      for (let i = 0; i < n; i++) {
        const laplacian = 2 * d(i) - d(i - 1) - d(i + 1);
        expect(laplacian).toBeCloseTo((2 - 2 * Math.cos((Math.PI * k) / n)) * d(i), 12);
      }
    }
  });
});

describe.each([1, 2, 3])('transforms of pictures, seed %i', (seed) => {
  const [height, width] = [6, 5];
  const x = Float64Array.from(randomFrom(seed)('x').normal(height * width, 0, 1));

  test('are sums over cosine products', () => {
    const c = (k: number, n: number) => Math.sqrt((k === 0 ? 1 : 2) / n);
    const direct = Array.from({ length: height * width }, (_, j) => {
      const [k, l] = [Math.floor(j / width), j % width];
      let sum = 0;
      for (let i = 0; i < height; i++) {
        for (let m = 0; m < width; m++) {
          const wave = Math.cos((Math.PI * (i + 0.5) * k) / height) * Math.cos((Math.PI * (m + 0.5) * l) / width);
          sum += at(x, i * width + m) * wave;
        }
      }
      return c(k, height) * c(l, width) * sum;
    });
    expect(worst(dct2(x, height, width), direct)).toBeLessThan(1e-13);
  });

  test('come back, and keep the energy', () => {
    const there = dct2(x, height, width);
    expect(worst(inverseDct2(there, height, width), x)).toBeLessThan(1e-13);
    const energy = (a: Float64Array) => a.reduce((sum, v) => sum + v * v, 0);
    expect(energy(there)).toBeCloseTo(energy(x), 11);
  });

  test('make a blur (1/4, 1/2, 1/4) with repeated edges a gain', () => {
    const n = 12;
    const image = Float64Array.from(randomFrom(seed)('image').normal(n * n, 0, 1));
    const pixel = (i: number, j: number) =>
      at(image, Math.min(n - 1, Math.max(0, i)) * n + Math.min(n - 1, Math.max(0, j)));
    const taps = [1 / 4, 1 / 2, 1 / 4];
    const blurred = image.map((_, p) => {
      let sum = 0;
      for (const a of [0, 1, 2]) {
        for (const b of [0, 1, 2]) {
          sum += at(taps, a) * at(taps, b) * pixel(Math.floor(p / n) + a - 1, (p % n) + b - 1);
        }
      }
      return sum;
    });
    const gain = (k: number) => 1 / 2 + Math.cos((Math.PI * k) / n) / 2;
    const scaled = dct2(image, n, n).map((v, p) => v * gain(Math.floor(p / n)) * gain(p % n));
    expect(worst(inverseDct2(scaled, n, n), blurred)).toBeLessThan(1e-14);
  });
});

test.each([
  [8, 8, 8],
  [16, 16, 8],
  [64, 64, 8],
  [8, 4, 3],
])('bands of %i x %i rise with the frequency, from the mean to the finest', (height, width, count) => {
  const bands = radialBands(height, width, count);
  expect(bands[0]).toBe(0);
  expect(bands.at(-1)).toBe(count - 1);
  expect(new Set(bands).size).toBe(count);
  for (let j = 0; j < bands.length; j++) {
    if (j % width > 0) expect(at(bands, j)).toBeGreaterThanOrEqual(at(bands, j - 1));
    if (j >= width) expect(at(bands, j)).toBeGreaterThanOrEqual(at(bands, j - width));
  }
});
