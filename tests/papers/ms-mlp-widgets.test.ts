/** What the widgets of MS-MLP's page compute, against second ways to the same numbers. */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { mixShift } from '#nn/vision/mix-shift';
import type { TokenMap } from '#nn/vision/operator';
import { bestErrors, type Offset, offsetsOf } from '../../content/papers/ms-mlp/carry/fit';
import { coverage, fieldOf, readsOf, tokenAt } from '../../content/papers/ms-mlp/field';
import { expectedColumns, mixed, shifted } from '../../content/papers/ms-mlp/order/row';
import { oddKernel, optionsOf, presets, wholeShift } from '../../content/papers/ms-mlp/presets';
import { cellMeans } from '../../content/papers/ms-mlp/reach/mechanism';
import { PICTURE } from '../../content/papers/ms-mlp/reach/params';

const board = (n: number): TokenMap => ({ height: n, width: n, channels: 20 });

describe('fields', () => {
  test('after one and two blocks are rows of the operator’s matrix and of its square', () => {
    const map = { height: 9, width: 7, channels: 20 };
    const one = mixShift.reach(map, presets.paper);
    const tokens = 63;
    for (const token of [0, 30, 62]) {
      const first = fieldOf(map, presets.paper, token, 2);
      for (let from = 0; from < tokens; from++) {
        const direct = one[token * tokens + from] === 1;
        const twice = Array.from({ length: tokens }, (_, via) => via).some(
          (via) => one[token * tokens + via] === 1 && one[via * tokens + from] === 1,
        );
        expect(first[from]).toBe(direct ? 1 : twice ? 2 : 0);
      }
    }
  });

  test('of the paper cover a board of 14 after three blocks, one of 28 not after two', () => {
    for (const token of [0, 100, 195]) expect(coverage(board(14), presets.paper, token, 3).at(-1)).toBe(1);
    const share = coverage(board(28), presets.paper, tokenAt(board(28), [0.5, 0.5]), 2);
    expect(share.map((part) => Math.round(part * 784))).toEqual([73, 265]);
  });

  test('reach five columns to the left and three to the right, across a border', () => {
    const columns = (token: number) => {
      const all = presets.paper.kernels.flatMap((_, g) => [...readsOf(board(20), presets.paper, token, g)]);
      return [...new Set(all.map((at) => at % 20))].sort((a, b) => a - b);
    };
    expect(columns(10 * 20 + 10)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13]);
    // At the left border: no window beyond it, but the shifts by 1 and 2 bring the last two columns.
    expect(columns(10 * 20)).toEqual([0, 1, 2, 3, 18, 19]);
  });

  test('a group of side 1 and shift 2 reads column 6 of 8 for the output in column 0', () => {
    const map = { height: 1, width: 8, channels: 20 };
    expect([...readsOf(map, presets.shift, 0, 4, 'horizontal')]).toEqual([6]);
  });
});

test('places of the unit square are tokens, row 0 on top', () => {
  expect(tokenAt(board(10), [0, 1])).toBe(0);
  expect(tokenAt(board(10), [1, 1])).toBe(9);
  expect(tokenAt(board(10), [0, 0])).toBe(90);
  expect(tokenAt(board(10), [0.55, 0.34])).toBe(65);
});

test('bars stand for the nearest whole shift and odd kernel; a preset overrules them', () => {
  expect([-2.4, -0.2, 99].map(wholeShift)).toEqual([-2, 0, 10]);
  expect([1, 1.9, 2.1, 4, 6.8, 9].map(oddKernel)).toEqual([1, 1, 3, 5, 7, 7]);
  expect(optionsOf({ setting: 'own', shifts: [1.2], kernels: [2.9] })).toEqual({ shifts: [1], kernels: [3] });
  expect(optionsOf({ setting: 'mix', shifts: [1.2], kernels: [2.9] }).shifts).toEqual([0, 0, 0, 0, 0]);
});

test('cells of a picture have its mean, and its pixels where both grids agree', () => {
  const grey = Array.from(randomFrom(1)('grey').uniform(PICTURE ** 2, 0, 1));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  for (const n of [7, 16, 28]) expect(mean(cellMeans(grey, n))).toBeCloseTo(mean(grey), 10);
  const four = cellMeans(grey, PICTURE / 2);
  expect(four[0]).toBeCloseTo(mean([0, 1, PICTURE, PICTURE + 1].map((i) => grey[i] as number)), 12);
});

describe('one row', () => {
  const row = Array.from(randomFrom(2)('row').uniform(16, 0.1, 1));

  test('is shifted to the right, and mixed as a product with a matrix', () => {
    expect(shifted([1, 2, 3, 4], 1)).toEqual([4, 1, 2, 3]);
    expect(shifted([1, 2, 3, 4], -5)).toEqual([2, 3, 4, 1]);
    expect(mixed([1, 2, 3, 4], [1, 10, 100], 'zeros')).toEqual([210, 321, 432, 43]);
    expect(mixed([1, 2, 3, 4], [1, 10, 100], 'circular')).toEqual([214, 321, 432, 143]);
  });

  test('differs between the orders in columns 0, 1, 2 and 15 for s = 2, k = 3', () => {
    expect(expectedColumns(16, 2, 3, 'zeros')).toEqual([0, 1, 2, 15]);
    expect(expectedColumns(16, 2, 3, 'circular')).toEqual([]);
    expect(expectedColumns(16, 16, 3, 'zeros')).toEqual([]);
    expect(expectedColumns(16, 2, 1, 'zeros')).toEqual([]);
  });

  test.each([-7, -2, -1, 1, 3, 8])('differs exactly there for a shift of %i', (s) => {
    for (const k of [3, 5, 7]) {
      const kernel = Array.from(randomFrom(k)(`kernel${s}`).normal(k, 0, 1));
      const a = mixed(shifted(row, s), kernel, 'zeros');
      const b = shifted(mixed(row, kernel, 'zeros'), s);
      const differing = a.flatMap((v, j) => (Math.abs(v - (b[j] as number)) > 1e-12 ? [j] : []));
      expect(differing).toEqual(expectedColumns(16, s, k, 'zeros'));
    }
  });
});

describe('best errors', () => {
  test('are those of least squares on the written-out regression', () => {
    const n = 12;
    const x = randomFrom(3)('x').normal(n * n, 0, 1);
    const at = (i: number, j: number) => x[(((i % n) + n) % n) * n + (((j % n) + n) % n)] as number;
    const reads = offsetsOf(presets.shift);
    const wanted: Offset[] = [
      [0, 2],
      [1, 1],
      [-4, 3],
    ];
    const errors = bestErrors(x, n, reads, wanted);
    const places = Array.from({ length: n * n }, (_, p) => [Math.floor(p / n), p % n] as const);
    const A = new Matrix(places.map(([i, j]) => reads.map(([a, b]) => at(i + a, j + b))));
    wanted.forEach(([a, b], w) => {
      const y = Matrix.columnVector(places.map(([i, j]) => at(i + a, j + b)));
      const normal = A.transpose().mmul(A);
      // The product is symmetric but for its last bits, which the decomposition does not forgive.
      const weights = new CholeskyDecomposition(Matrix.add(normal, normal.transpose()).div(2)).solve(
        A.transpose().mmul(y),
      );
      const rest = Matrix.sub(y, A.mmul(weights)).norm('frobenius') ** 2;
      const power = x.reduce((sum, v) => sum + v * v, 0);
      expect(errors[w]).toBeCloseTo((rest / power) * ((n * n) / (n * n - reads.length)), 9);
    });
  });

  test('read 73, 76, 91, 49 and 9 places', () => {
    const { shifts } = presets.paper;
    expect(offsetsOf(presets.paper)).toHaveLength(73);
    expect(offsetsOf({ shifts, kernels: [1, 5, 5, 5, 7] })).toHaveLength(76);
    expect(offsetsOf(presets.last)).toHaveLength(91);
    expect(offsetsOf(presets.mix)).toHaveLength(49);
    expect(offsetsOf(presets.shift)).toHaveLength(9);
  });
});
