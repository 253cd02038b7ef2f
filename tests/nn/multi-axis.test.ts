/** MAXIM's multi-axis gMLP block against plain loops in double precision, and what it does and does not commute with. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import { type MultiAxisOptions, multiAxis } from '#nn/vision/multi-axis';
import { mixAxes, multiAxisLayer } from '#nn/vision/multi-axis-layer';
import { type TokenMap, tokensOf } from '#nn/vision/operator';
import { type Plain, plainMultiAxis } from './multi-axis-plain';

const numbers = (weights: BlockWeights): Plain =>
  Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, Array.from(w.dataSync())]));

/** Weights at a scale at which every path counts. */
function shaken(map: TokenMap, options: MultiAxisOptions, seed: number): BlockWeights {
  const weights = multiAxisLayer.start(randomFrom(seed), 'block', map, options, 2);
  for (const [name, variable] of Object.entries(weights)) {
    const values = randomFrom(seed)(`shaken.${name}`).normal(variable.size, 0, 0.4);
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  }
  return weights;
}

const picture = ({ height, width, channels }: TokenMap, seed: number) =>
  Array.from(randomFrom(seed)('picture').normal(height * width * channels, 0, 1));

const run = (weights: BlockWeights, map: TokenMap, options: MultiAxisOptions, x: readonly number[]): number[] =>
  tf.tidy(() =>
    Array.from(
      mixAxes(
        weights,
        tf.tensor3d([...x], [x.length / tokensOf(map) / map.channels, tokensOf(map), map.channels]),
        map,
        options,
      ).dataSync(),
    ),
  );

const apart = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((x, i) => Math.abs(x - (b[i] as number)))) / Math.max(...a.map(Math.abs));

describe.each([1, 2, 3])('seed %i', (seed) => {
  test.each<[TokenMap, MultiAxisOptions]>([
    [
      { height: 8, width: 12, channels: 5 },
      { block: 4, grid: 2, axes: 'both' },
    ],
    [
      { height: 12, width: 8, channels: 3 },
      { block: 2, grid: 4, axes: 'both' },
    ],
    [
      { height: 8, width: 4, channels: 4 },
      { block: 4, grid: 4, axes: 'block' },
    ],
    [
      { height: 8, width: 4, channels: 4 },
      { block: 2, grid: 4, axes: 'grid' },
    ],
  ])('computes what plain loops compute: %o, %o', (map, options) => {
    const weights = shaken(map, options, seed);
    const x = picture(map, seed);
    expect(apart(plainMultiAxis(numbers(weights), map, options, x), run(weights, map, options, x))).toBeLessThan(1e-5);
    tf.dispose(weights);
  });
});

describe('what it commutes with', () => {
  const map = { height: 16, width: 16, channels: 3 };
  /** How far the block of a moved picture is from the moved block of the picture. */
  function broken(axes: MultiAxisOptions['axes'], move: (i: number, j: number) => readonly [number, number]): number {
    const options = { block: 4, grid: 2, axes };
    const weights = shaken(map, options, 4);
    const moved = (x: readonly number[]) =>
      x.map((_, at) => {
        const [pixel, channel] = [Math.floor(at / 3), at % 3];
        const [i, j] = move(Math.floor(pixel / 16), pixel % 16);
        return x[(i * 16 + j) * 3 + channel] as number;
      });
    const x = picture(map, 4);
    const difference = apart(moved(run(weights, map, options, x)), run(weights, map, options, moved(x)));
    tf.dispose(weights);
    return difference;
  }
  const shift = (by: number) => (i: number, j: number) => [(i + by) % 16, (j + by) % 16] as const;
  /** Windows of the block branch change places, each as a whole. */
  const windows = (i: number, j: number) => [(i + 4) % 16, 12 - (j - (j % 4)) + (j % 4)] as const;
  /** Places inside the windows of the grid branch change places, alike in all windows; rows and columns by themselves. */
  const places = (i: number, j: number) => [i - (i % 8) + 7 - (i % 8), j - (j % 8) + ((j + 3) % 8)] as const;

  test('the block axis alone: with windows that change places, not with a shift by a pixel', () => {
    expect(broken('block', windows)).toBeLessThan(1e-5);
    expect(broken('block', shift(4))).toBeLessThan(1e-5);
    expect(broken('block', shift(1))).toBeGreaterThan(0.01);
    expect(broken('block', places)).toBeGreaterThan(0.01);
  });

  test('the grid axis alone: with places that change alike in all windows, not with windows that change places', () => {
    expect(broken('grid', places)).toBeLessThan(1e-5);
    expect(broken('grid', windows)).toBeGreaterThan(0.01);
    expect(broken('grid', shift(1))).toBeGreaterThan(0.01);
  });

  test('both: with no shift, not even by a whole window, and not with turning rows into columns', () => {
    for (const by of [1, 2, 4, 8]) expect(broken('both', shift(by)), `shift by ${by}`).toBeGreaterThan(0.01);
    expect(broken('both', (i, j) => [j, i])).toBeGreaterThan(0.01);
  });
});

describe('limit cases', () => {
  const map = { height: 8, width: 8, channels: 4 };
  const options: MultiAxisOptions = { block: 4, grid: 4, axes: 'both' };

  test('with spatial weights 0 a pixel changes nothing but itself', () => {
    const weights = shaken(map, options, 5);
    for (const name of ['grid.gate.weight', 'block.gate.weight', 'grid.gate.bias', 'block.gate.bias']) {
      const w = weights[name] as tf.Variable;
      tf.tidy(() => w.assign(tf.zerosLike(w)));
    }
    const x = picture(map, 5);
    const before = run(weights, map, options, x);
    const after = run(weights, map, options, x.with(10 * 4 + 1, 9));
    const changed = new Set(after.flatMap((y, at) => (y === before[at] ? [] : [Math.floor(at / 4)])));
    expect([...changed]).toEqual([10]);
    tf.dispose(weights);
  });

  test('the spatial weights start so small that the block starts almost pointwise', () => {
    const weights = multiAxisLayer.start(randomFrom(6), 'block', map, options, 2);
    const x = picture(map, 6);
    const held = run(weights, map, { ...options, axes: 'block' }, x);
    // All kernels are N(0, 0.02²), so that a gate moves what the block adds by some percent of almost nothing.
    expect(apart(run(weights, map, options, x), held)).toBeLessThan(1e-3);
    const spread = Array.from((weights['grid.gate.weight'] as tf.Variable).dataSync());
    expect(Math.sqrt(spread.reduce((sum, w) => sum + w * w, 0) / spread.length)).toBeCloseTo(0.02, 2);
    tf.dispose(weights);
  });

  test('its weights serve any size, and its work grows with the pixels', () => {
    const wide = { height: 16, width: 8, channels: 4 };
    expect(multiAxis.weights(wide, options)).toBe(multiAxis.weights(map, options));
    expect(multiAxis.macs(wide, options)).toBe(2 * multiAxis.macs(map, options));
    const weights = shaken(map, options, 7);
    const x = picture(wide, 7);
    expect(apart(plainMultiAxis(numbers(weights), wide, options, x), run(weights, wide, options, x))).toBeLessThan(
      1e-5,
    );
    tf.dispose(weights);
  });

  test('one block reaches b² + g² - 1 pixels where windows of the grid are at least as wide as b', () => {
    const reached = (side: number, block: number, grid: number) => {
      const reach = multiAxis.reach({ height: side, width: side, channels: 1 }, { block, grid, axes: 'both' });
      const at = (side / 2) * side + side / 2;
      return reach.slice(at * side ** 2, (at + 1) * side ** 2).reduce((a, b) => a + b, 0);
    };
    expect(reached(16, 4, 4)).toBe(31);
    expect(reached(8, 4, 4)).toBe(28);
    expect(reached(32, 4, 4)).toBe(31);
  });

  test('counts worked out by hand: 19,168 weights at C = 32, b = g = 8, and 142,432 at 16', () => {
    const map = { height: 256, width: 256, channels: 32 };
    expect(multiAxis.weights(map, { block: 8, grid: 8, axes: 'both' })).toBe(19_168);
    expect(multiAxis.weights(map, { block: 16, grid: 16, axes: 'both' })).toBe(142_432);
    expect(multiAxis.macs(map, { block: 16, grid: 16, axes: 'both' })).toBe(1_744_830_464);
  });

  test('refuses sides that windows do not tile, with the reason', () => {
    expect(multiAxis.refuses({ height: 8, width: 6, channels: 1 }, options)).toMatch(/windows of 4 .* side of 6/);
    expect(multiAxis.refuses({ height: 8, width: 8, channels: 1 }, { ...options, grid: 3 })).toMatch(/into 3 equal/);
    expect(multiAxis.refuses(map, options)).toBeNull();
  });
});
