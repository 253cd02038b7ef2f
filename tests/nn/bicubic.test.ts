/** The bicubic matrix against the formula written out by loops, and what every such matrix has to do. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { bicubicMatrix } from '#nn/vision/bicubic';

const pairs = [
  [4, 4],
  [7, 14],
  [8, 8],
  [8, 16],
  [14, 7],
  [16, 5],
  [5, 16],
  [3, 10],
  [1, 4],
  [2, 3],
] as const;

/** One axis resized by going over every source pixel, real or beyond the edge, that the kernel could touch. */
function byLoops(signal: ArrayLike<number>, to: number): number[] {
  const from = signal.length;
  const a = -0.75;
  return Array.from({ length: to }, (_, y) => {
    const centre = (y + 1 / 2) * (from / to) - 1 / 2;
    let sum = 0;
    for (let x = -3; x < from + 3; x++) {
      const t = Math.abs(x - centre);
      let weight = 0;
      if (t <= 1) weight = (a + 2) * t ** 3 - (a + 3) * t ** 2 + 1;
      else if (t < 2) weight = a * t ** 3 - 5 * a * t ** 2 + 8 * a * t - 4 * a;
      const pixel = x < 0 ? 0 : x >= from ? from - 1 : x;
      sum += weight * (signal[pixel] as number);
    }
    return sum;
  });
}

const rowOf = (matrix: Float64Array, from: number, y: number) => [...matrix.subarray(y * from, (y + 1) * from)];
const times = (matrix: Float64Array, x: ArrayLike<number>, to: number) =>
  Array.from({ length: to }, (_, y) => rowOf(matrix, x.length, y).reduce((sum, w, k) => sum + w * (x[k] as number), 0));

describe.each(pairs)('from %i to %i', (from, to) => {
  const matrix = bicubicMatrix(from, to);

  test('has rows that sum to 1', () => {
    expect(matrix).toHaveLength(from * to);
    for (let y = 0; y < to; y++) expect(rowOf(matrix, from, y).reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
  });

  test('equals the formula on random signals', () => {
    for (const seed of [1, 2, 3]) {
      const x = randomFrom(seed)('signal').normal(from, 0, 1);
      const expected = byLoops(x, to);
      times(matrix, x, to).forEach((value, y) => {
        expect(value).toBeCloseTo(expected[y] as number, 10);
      });
    }
  });

  test('commutes with turning the signal round', () => {
    const turned = [...matrix].reverse();
    [...matrix].forEach((w, i) => {
      expect(w).toBeCloseTo(turned[i] as number, 12);
    });
  });
});

test('is the identity at equal size', () => {
  const matrix = bicubicMatrix(6, 6);
  matrix.forEach((w, i) => {
    expect(w).toBeCloseTo(i % 7 === 0 ? 1 : 0, 12);
  });
});

test('keeps a straight line where no edge is near', () => {
  const x = Array.from({ length: 12 }, (_, i) => i);
  const y = times(bicubicMatrix(12, 24), x, 24);
  // a = -0.75 keeps constants, but straight lines only to 1/32 or so: a = -0.5 would keep them exactly.
  for (let i = 6; i < 18; i++) expect(Math.abs((y[i] as number) - ((i + 0.5) / 2 - 0.5))).toBeLessThan(0.05);
});

test('shrinking by two has the weights -3/32, 19/32, 19/32, -3/32, as PyTorch', () => {
  const row = rowOf(bicubicMatrix(8, 4), 8, 1);
  [0, -3 / 32, 19 / 32, 19 / 32, -3 / 32, 0, 0, 0].forEach((w, x) => {
    expect(row[x]).toBeCloseTo(w, 12);
  });
});
