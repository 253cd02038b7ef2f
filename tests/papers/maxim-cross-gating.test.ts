import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { tokensOf } from '#nn/vision/operator';
import { crossGate, startCrossGating } from '../../content/papers/maxim/cross-gating';
import { crossGating } from '../../content/papers/maxim/sizes';
import { plainDense, plainGelu, plainMixed, plainNorm } from '../nn/multi-axis-plain';

const map = { height: 8, width: 12, channels: 3 };
const sides = { block: 2, grid: 4 };
const tokens = tokensOf(map);

type Pixels = number[][];
const add = (...maps: Pixels[]): Pixels =>
  (maps[0] as Pixels).map((v, p) => v.map((_, k) => maps.reduce((sum, m) => sum + (m[p]?.[k] as number), 0)));
const product = (a: Pixels, b: Pixels): Pixels => a.map((v, p) => v.map((value, k) => value * (b[p]?.[k] as number)));

/** The formulas of the block, one after the other, in double precision. */
function plain(weights: Record<string, number[]>, x: Pixels, y: Pixels) {
  const ready = (name: string, pixels: Pixels) => {
    const own = plainDense(weights, `${name}.project`, pixels);
    const inner = plainGelu(plainDense(weights, `${name}.in`, plainNorm(weights, `${name}.norm`, own)));
    const z = plainGelu(plainDense(weights, `${name}.gate.in`, plainNorm(weights, `${name}.gate.norm`, inner)));
    const half = (from: number) => z.map((v) => v.slice(from, from + map.channels));
    const far = plainMixed(weights, `${name}.gate.grid`, half(0), map, 'grid', sides.grid);
    const near = plainMixed(weights, `${name}.gate.block`, half(map.channels), map, 'block', sides.block);
    const joined = far.map((v, p) => [...v, ...(near[p] as number[])]);
    return { own, inner, gate: plainDense(weights, `${name}.gate.out`, joined) };
  };
  const [a, b] = [ready('x', x), ready('y', y)];
  const newY = add(b.own, plainDense(weights, 'y.out', product(b.inner, a.gate)));
  return { x: add(a.own, newY, plainDense(weights, 'x.out', product(a.inner, b.gate))), y: newY };
}

describe.each([1, 2, 3])('seed %i', (seed) => {
  const random = randomFrom(seed);
  const features = (name: string) => Array.from(random(name).normal(tokens * map.channels, 0, 1));
  const pixels = (flat: number[]) => Array.from({ length: tokens }, (_, p) => flat.slice(p * 3, p * 3 + 3));
  const [x, y] = [features('x'), features('y')];

  test('cross-gating computes what plain loops compute', () => {
    const weights = startCrossGating(random, 'block', map.channels, sides);
    for (const [name, variable] of Object.entries(weights)) {
      const values = random(`shaken.${name}`).normal(variable.size, 0, 0.4);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    }
    const out = tf.tidy(() => {
      const both = crossGate(weights, tf.tensor3d(x, [1, tokens, 3]), tf.tensor3d(y, [1, tokens, 3]), map, sides);
      return { x: Array.from(both.x.dataSync()), y: Array.from(both.y.dataSync()) };
    });
    const numbers = Object.fromEntries(Object.entries(weights).map(([n, w]) => [n, Array.from(w.dataSync())]));
    const expected = plain(numbers, pixels(x), pixels(y));
    for (const name of ['x', 'y'] as const) {
      const size = Math.max(...expected[name].flat().map(Math.abs));
      const worst = Math.max(...expected[name].flat().map((v, i) => Math.abs(v - (out[name][i] as number))));
      expect(worst).toBeLessThan(1e-5 * size);
    }
    tf.dispose(weights);
  });

  test('it has as many weights as the sizes of the published networks count', () => {
    const weights = startCrossGating(random, 'block', 16, { block: 4, grid: 4 });
    const counted = Object.values(weights).reduce((sum, w) => sum + w.size, 0);
    expect(counted).toBe(crossGating({ height: 16, width: 16, channels: 16, side: 4 }, 16, 16, false).weights);
    tf.dispose(weights);
  });
});

test('a gate starts near what its biases of 1 let pass: the same for all pixels', () => {
  const weights = startCrossGating(randomFrom(4), 'block', 3, sides);
  const ones = Array.from((weights['x.gate.grid.bias'] as tf.Variable).dataSync());
  expect(new Set(ones)).toEqual(new Set([1]));
  tf.dispose(weights);
});
