/** MLP-Mixer's token mixing against plain loops, and that it knows no neighbourhood. */
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#lab/node';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import { mixerLayer } from '#nn/vision/mixer-layer';
import { type TokenMap, tokensOf } from '#nn/vision/operator';
import { asTokens, channelMlp, geluByTanh, mlp, normed, relativeGap, shake } from './loops';

beforeAll(() => startBackend('wasm'));

const start = (map: TokenMap, expansion: number, seed: number): BlockWeights => {
  const weights = mixerLayer.start(randomFrom(seed), 'mixer', map, { expansion }, 2);
  shake(weights, seed);
  return weights;
};

const noise = (map: TokenMap, seed: number) => randomFrom(seed)('x').normal(tokensOf(map) * map.channels, 0, 1);

const run = (weights: BlockWeights, x: ArrayLike<number>, map: TokenMap, expansion: number): Float32Array =>
  tf.tidy(
    () =>
      mixerLayer
        .block(weights, tf.tensor3d(Float32Array.from(x), [1, tokensOf(map), map.channels]), map, { expansion })
        .dataSync() as Float32Array,
  );

describe.each([
  [{ height: 3, width: 5, channels: 6 }, 2],
  [{ height: 4, width: 2, channels: 5 }, 0.25],
] as const)('on the map %o with e = %d', (map, expansion) => {
  test.each([1, 2, 3])('a block is what loops make of it, seed %i', (seed) => {
    const weights = start(map, expansion, seed);
    const flat = noise(map, seed);
    const x = asTokens(flat, map.channels);
    const inner = x.map((token) => normed(weights, 'norm', token, 1e-6));
    const mixed = x.map((token) => [...token]);
    for (let c = 0; c < map.channels; c++) {
      const added = mlp(
        weights,
        'up',
        'down',
        inner.map((token) => token[c] as number),
        geluByTanh,
      );
      mixed.forEach((token, t) => {
        token[c] = (token[c] as number) + (added[t] as number);
      });
    }
    expect(relativeGap(run(weights, flat, map, expansion), channelMlp(weights, mixed).flat())).toBeLessThan(1e-5);
    tf.dispose(weights);
  });
});

/** Weights whose token axes are permuted: `order[new] = old`. */
function permuted(weights: BlockWeights, order: readonly number[]): void {
  tf.tidy(() => {
    const indices = tf.tensor1d([...order], 'int32');
    for (const [name, axis] of [
      ['up.weight', 0],
      ['down.weight', 1],
      ['down.bias', 0],
    ] as const) {
      const variable = weights[name] as tf.Variable;
      variable.assign(tf.gather(variable, indices, axis));
    }
  });
}

test.each([1, 2, 3])(
  'has no notion of neighbourhood: tokens and weights permuted alike give the same, seed %i',
  (seed) => {
    const map = { height: 3, width: 4, channels: 5 };
    const weights = start(map, 2, seed);
    const x = asTokens(noise(map, seed), 5);
    const order = x.map((_, t) => (5 * t + seed) % 12);
    const shuffle = (tokens: number[][]) => order.map((old) => tokens[old] as number[]);
    const before = asTokens(run(weights, x.flat(), map, 2), 5);
    // The permutation of the tokens alone changes more than their order.
    expect(relativeGap(run(weights, shuffle(x).flat(), map, 2), shuffle(before).flat())).toBeGreaterThan(0.05);
    permuted(weights, order);
    expect(relativeGap(run(weights, shuffle(x).flat(), map, 2), shuffle(before).flat())).toBeLessThan(1e-5);
    tf.dispose(weights);
  },
);
