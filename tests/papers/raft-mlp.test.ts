/** Kronecker products behind linear rafts, and what the widgets of raft-mlp count. */
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#lab/node';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import {
  bestErrors,
  kroneckerSpectrum,
  rearranged,
  shift,
  stencil,
  transpose,
} from '../../content/papers/raft-mlp/kronecker';
import { linearRaft } from '../../content/papers/raft-mlp/kronecker/mechanism';
import { PLUS } from '../../content/papers/raft-mlp/kronecker/params';
import { channelsSeen, raftOf, tokensSeen } from '../../content/papers/raft-mlp/raft/seen';

beforeAll(() => startBackend('wasm'));

const normal = (seed: number, name: string, n: number) => Array.from(randomFrom(seed)(name).normal(n, 0, 1));
const rank = (matrix: number[][], side: number) => kroneckerSpectrum(matrix, side).filter((s) => s > 0).length;

/** A ⊗ B by its definition, for two square matrices given row by row. */
const kron = (a: number[], b: number[], n: number): number[][] =>
  Array.from({ length: n * n }, (_, to) =>
    Array.from({ length: n * n }, (_unused, from) => {
      const [i, j, y, x] = [Math.floor(to / n), to % n, Math.floor(from / n), from % n];
      return (a[i * n + y] as number) * (b[j * n + x] as number);
    }),
  );

describe('the rearrangement', () => {
  test('makes a Kronecker product the outer product of its factors', () => {
    const [a, b] = [normal(1, 'a', 16), normal(1, 'b', 16)];
    rearranged(kron(a, b, 4), 4).forEach((row, i) => {
      row.forEach((x, j) => {
        expect(x).toBeCloseTo((a[i] as number) * (b[j] as number), 12);
      });
    });
  });

  test('on 5 x 5: a shift and a box are one product, a plus two, the transpose 25', () => {
    expect(rank(shift(5, 2, 1), 5)).toBe(1);
    expect(rank(stencil(5, new Array(9).fill(1 / 9)), 5)).toBe(1);
    expect(rank(stencil(5, PLUS), 5)).toBe(2);
    expect(rank(transpose(5), 5)).toBe(25);
    expect(rank(stencil(5, new Array(9).fill(0)), 5)).toBe(0);
  });

  test.each([1, 2, 3])('a stencil has the rank of its own 3 x 3 weights, seed %i', (seed) => {
    const weights = normal(seed, 'stencil', 9);
    expect(rank(stencil(5, weights), 5)).toBe(3);
    const twoRows = [...weights.slice(0, 6), ...weights.slice(0, 3).map((w, i) => 2 * w - (weights[3 + i] as number))];
    expect(rank(stencil(5, twoRows), 5)).toBe(2);
  });

  test('no product does better than the singular values say, and alternating least squares does as well', () => {
    const matrix = Array.from({ length: 16 }, (_, t) => normal(4, `row${t}`, 16));
    const R = rearranged(matrix, 4);
    let v = normal(4, 'v', 16);
    let u: number[] = [];
    for (let k = 0; k < 500; k++) {
      const vv = v.reduce((sum, x) => sum + x * x, 0);
      u = R.map((row) => row.reduce((sum, x, j) => sum + x * (v[j] as number), 0) / vv);
      const uu = u.reduce((sum, x) => sum + x * x, 0);
      v = v.map((_, j) => R.reduce((sum, row, i) => sum + (row[j] as number) * (u[i] as number), 0) / uu);
    }
    const left = R.flatMap((row, i) => row.map((x, j) => x - (u[i] as number) * (v[j] as number)));
    const error = Math.hypot(...left) / Math.hypot(...R.flat());
    expect(bestErrors(kroneckerSpectrum(matrix, 4))[0]).toBeCloseTo(error, 6);
  });

  test('an all-zero target has no error', () => {
    expect(bestErrors([0, 0, 0])).toEqual([0, 0, 0]);
  });
});

test('the transpose exchanges rows and columns, the shift moves down and to the right', () => {
  const x = normal(2, 'x', 9);
  const apply = (matrix: number[][]) => matrix.map((row) => row.reduce((sum, w, k) => sum + w * (x[k] as number), 0));
  expect(apply(transpose(3))).toEqual([0, 3, 6, 1, 4, 7, 2, 5, 8].map((k) => x[k]));
  expect(apply(shift(3, 1, 2))).toEqual([0, 0, 0, 0, 0, x[0], 0, 0, x[3]]);
});

test.each([1, 2, 3])('a linear raft between two channels is a sum of r Kronecker products, seed %i', (seed) => {
  const [n, r] = [4, 3];
  // Whole matrices of a raft of three channels, row vectors times matrix: entry (rho n + i, sigma n + k).
  const [V, H] = [normal(seed, 'V', (r * n) ** 2), normal(seed, 'H', (r * n) ** 2)];
  const at = (M: number[], row: number, column: number) => M[row * r * n + column] as number;
  const x = normal(seed, 'x', n * n);
  // The whole raft by loops: channel 0 holds x, the others nothing, and channel 0 is read.
  const channels = Array.from({ length: r }, (_, rho) => x.map((value) => (rho === 0 ? value : 0)));
  const middle = channels.map((map, sigma) =>
    map.map((_, t) => {
      const [k, j] = [Math.floor(t / n), t % n];
      let sum = 0;
      for (let rho = 0; rho < r; rho++)
        for (let i = 0; i < n; i++) sum += (channels[rho]?.[i * n + j] as number) * at(V, rho * n + i, sigma * n + k);
      return sum;
    }),
  );
  const expected = x.map((_, t) => {
    const [i, k] = [Math.floor(t / n), t % n];
    let sum = 0;
    for (let rho = 0; rho < r; rho++)
      for (let j = 0; j < n; j++) sum += (middle[rho]?.[i * n + j] as number) * at(H, rho * n + j, k);
    return sum;
  });
  const found = tf.tidy(() => {
    const block = (M: number[]) => tf.tensor2d(M, [r * n, r * n]);
    const vertical = tf.slice(block(V), [0, 0], [n, r * n]) as tf.Variable<tf.Rank.R2>;
    const horizontal = tf.slice(block(H), [0, 0], [r * n, n]) as tf.Variable<tf.Rank.R2>;
    return linearRaft({ vertical, horizontal }, tf.tensor3d(x, [1, n, n])).dataSync();
  });
  const products = Array.from({ length: r }, (_, sigma) => {
    const A = x.map((_u, t) => at(V, t % n, sigma * n + Math.floor(t / n)));
    const B = x.map((_u, t) => at(H, sigma * n + (t % n), Math.floor(t / n)));
    return kron(A, B, n);
  });
  expected.forEach((value, t) => {
    expect(found[t]).toBeCloseTo(value, 4);
    const byProducts = products.reduce(
      (sum, K) => sum + (K[t] as number[]).reduce((s, w, k) => s + w * (x[k] as number), 0),
      0,
    );
    expect(byProducts).toBeCloseTo(value, 10);
  });
});

test('slopes are counted by token and by channel', () => {
  const slopes = [
    [0, 1, 0],
    [0, 0, 0],
    [2, 1, 0],
  ];
  expect(tokensSeen(slopes)).toBe(2);
  expect(channelsSeen(slopes)).toEqual([0, 2]);
});

test('with twelve channels and r = 3 the rafts are 0 4 8, 1 5 9, 2 6 10 and 3 7 11', () => {
  expect([0, 1, 2, 3].map((c) => raftOf(c, 3, 12))).toEqual([
    [0, 4, 8],
    [1, 5, 9],
    [2, 6, 10],
    [3, 7, 11],
  ]);
  expect(raftOf(10, 3, 12)).toEqual([2, 6, 10]);
});
