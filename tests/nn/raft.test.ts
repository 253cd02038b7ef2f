/** RaftMLP's token mixing against plain loops, and what the paper's design promises of reach, channels and linear maps. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '#lab/node';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import { type TokenMap, tokensOf } from '#nn/vision/operator';
import { raft } from '#nn/vision/raft';
import { type HalfOptions, mixHalf, mixRafts, raftLayer } from '#nn/vision/raft-layer';
import { asTokens, channelMlp, geluByErf, mlp, normed, relativeGap, shake } from './loops';

beforeAll(() => startBackend('wasm'));

const start = (map: TokenMap, r: number, seed: number, deviation?: number): BlockWeights => {
  const weights = raftLayer.start(randomFrom(seed), 'raft', map, { raft: r }, 2);
  shake(weights, seed, deviation);
  return weights;
};

const noise = (map: TokenMap, seed: number) => randomFrom(seed)('x').normal(tokensOf(map) * map.channels, 0, 1);
const asTensor = (x: Float32Array, map: TokenMap) => tf.tensor3d(x, [1, tokensOf(map), map.channels]);

/** One half by the formula of the paper's code, position by position. */
function halfByLoops(weights: BlockWeights, half: 'vertical' | 'horizontal', x: number[][], map: TokenMap, r: number) {
  const { height, width, channels } = map;
  const rafts = channels / r;
  const inner = x.map((token) => normed(weights, `${half}.norm`, token, 1e-5));
  const out = x.map((token) => [...token]);
  const [lines, length] = half === 'vertical' ? [width, height] : [height, width];
  for (let line = 0; line < lines; line++) {
    const at = (i: number) => (half === 'vertical' ? i * width + line : line * width + i);
    for (let kappa = 0; kappa < rafts; kappa++) {
      const v: number[] = [];
      for (let rho = 0; rho < r; rho++) {
        for (let i = 0; i < length; i++) v[rho * length + i] = inner[at(i)]?.[rho * rafts + kappa] as number;
      }
      const added = mlp(weights, `${half}.up`, `${half}.down`, v, geluByErf);
      for (let rho = 0; rho < r; rho++) {
        for (let i = 0; i < length; i++) {
          const token = out[at(i)] as number[];
          token[rho * rafts + kappa] = (token[rho * rafts + kappa] as number) + (added[rho * length + i] as number);
        }
      }
    }
  }
  return out;
}

describe.each([
  [{ height: 3, width: 5, channels: 6 }, 1],
  [{ height: 3, width: 5, channels: 6 }, 2],
  [{ height: 5, width: 2, channels: 6 }, 3],
  [{ height: 4, width: 4, channels: 8 }, 4],
] as const)('on the map %o with r = %i', (map, r) => {
  test.each([1, 2, 3])('a block is what loops make of it, seed %i', (seed) => {
    const weights = start(map, r, seed);
    const x = noise(map, seed);
    const vertical = halfByLoops(weights, 'vertical', asTokens(x, map.channels), map, r);
    const both = halfByLoops(weights, 'horizontal', vertical, map, r);
    const found = tf.tidy(() => [
      mixHalf(weights, 'vertical', asTensor(x, map), map, { raft: r }).dataSync(),
      mixRafts(weights, asTensor(x, map), map, { raft: r }).dataSync(),
      raftLayer.block(weights, asTensor(x, map), map, { raft: r }).dataSync(),
    ]);
    [vertical, both, channelMlp(weights, both)].forEach((expected, i) => {
      expect(relativeGap(found[i] as Float32Array, expected.flat())).toBeLessThan(1e-5);
    });
    tf.dispose(weights);
  });
});

/** |d Y[token, channel] / d X| as [token][channel], after one half or both. */
function slopes(
  weights: BlockWeights,
  map: TokenMap,
  options: HalfOptions,
  until: 'vertical' | 'both',
  at: { token: number; channel: number },
): number[][] {
  return tf.tidy(() => {
    const mix = (x: tf.Tensor3D) =>
      until === 'vertical' ? mixHalf(weights, 'vertical', x, map, options) : mixRafts(weights, x, map, options);
    const one = (x: tf.Tensor3D) => tf.sum(tf.slice(mix(x), [0, at.token, at.channel], [1, 1, 1])) as tf.Scalar;
    const slope = tf.grad(one as (x: tf.Tensor) => tf.Scalar)(asTensor(noise(map, 7), map));
    return asTokens(slope.dataSync().map(Math.abs), map.channels);
  });
}

describe.each([1, 2, 4])('r = %i on 8 x 8', (r) => {
  const map = { height: 8, width: 8, channels: 8 };
  const some = [
    { token: 0, channel: 0 },
    { token: 27, channel: 3 },
    { token: 62, channel: 6 },
  ];
  let weights: BlockWeights;
  beforeAll(() => {
    weights = start(map, r, 5);
  });
  afterAll(() => tf.dispose(weights));

  test.each(some)('token $token sees its column after the vertical half, and everything after both', (at) => {
    const reached = (until: 'vertical' | 'both') =>
      slopes(weights, map, { raft: r, normed: false }, until, at).flatMap((token, t) =>
        token.some((slope) => slope > 0) ? [t] : [],
      );
    expect(reached('vertical')).toEqual(Array.from({ length: 8 }, (_, i) => 8 * i + (at.token % 8)));
    expect(reached('both')).toHaveLength(64);
    expect([...raft.reach(map, { raft: r })].every((one) => one === 1)).toBe(true);
  });

  test.each(some)('channel $channel depends on the r channels a stride C / r apart, and with norms on all', (at) => {
    const seen = (isNormed: boolean) => {
      const found = slopes(weights, map, { raft: r, normed: isNormed }, 'both', at);
      return Array.from({ length: 8 }, (_, c) => c).filter((c) => found.some((token) => (token[c] as number) > 0));
    };
    const stride = 8 / r;
    expect(seen(false)).toEqual(
      Array.from({ length: r }, (_, rho) => rho * stride + (at.channel % stride)).sort((a, b) => a - b),
    );
    expect(seen(true)).toHaveLength(8);
  });
});

test('r = 1 near zero, where GELU is half its input: one channel is mixed by a Kronecker product', () => {
  const map = { height: 4, width: 3, channels: 2 };
  const weights = start(map, 1, 9, 0.3);
  // Without biases and with tiny inputs GELU(z) = z / 2 to first order, so that the block is linear with residuals in it.
  for (const [name, variable] of Object.entries(weights))
    if (name.endsWith('.bias')) tf.tidy(() => variable.assign(tf.zerosLike(variable)));
  const matrixOf = (half: string, n: number) => {
    const [up, down] = ['up', 'down'].map((layer) => weights[`${half}.${layer}.weight`] as tf.Tensor2D);
    return tf.tidy(() => {
      const mixed = tf.mul(tf.matMul(up as tf.Tensor2D, down as tf.Tensor2D), 0.5);
      return tf.transpose(tf.add(tf.eye(n), mixed)).arraySync() as number[][];
    });
  };
  const [A, B] = [matrixOf('vertical', 4), matrixOf('horizontal', 3)];
  for (let token = 0; token < 12; token++) {
    // The slope at zero, not at noise.
    const row = tf.tidy(() => {
      const one = (x: tf.Tensor3D) =>
        tf.sum(tf.slice(mixRafts(weights, x, map, { raft: 1, normed: false }), [0, token, 1], [1, 1, 1]));
      return tf
        .grad(one as (x: tf.Tensor) => tf.Scalar)(tf.zeros([1, 12, 2]))
        .dataSync();
    });
    const [i, j] = [Math.floor(token / 3), token % 3];
    for (let from = 0; from < 12; from++) {
      const kronecker = (A[i]?.[Math.floor(from / 3)] as number) * (B[j]?.[from % 3] as number);
      expect(Math.abs((row[from * 2 + 1] as number) - kronecker)).toBeLessThan(1e-6);
      expect(row[from * 2]).toBe(0);
    }
  }
  tf.dispose(weights);
});

test.each([7, 14, 28, 56])(
  'at side %i its weights are 2 r² / h² and its multiply-adds 2 r / h of those of Mixer',
  (h) => {
    for (const r of [1, 2, 4, 8]) {
      const map = { height: h, width: h, channels: 16 };
      const biases = 3 * r * 2 * h + 4 * 16;
      expect((raft.weights(map, { raft: r }) - biases) / (2 * 2 * h ** 4)).toBeCloseTo((2 * r * r) / (h * h), 12);
      expect(raft.macs(map, { raft: r }) / (2 * 2 * 16 * h ** 4)).toBeCloseTo((2 * r) / h, 12);
    }
  },
);

test('columns and rows are no mirror images: the transposed picture does not give the transposed output', () => {
  const map = { height: 4, width: 4, channels: 4 };
  const weights = start(map, 2, 11);
  const x = asTokens(noise(map, 11), 4);
  const turn = (tokens: number[][]) => tokens.map((_, t) => tokens[(t % 4) * 4 + Math.floor(t / 4)] as number[]);
  const run = (tokens: number[][]) =>
    tf.tidy(() =>
      asTokens(mixRafts(weights, asTensor(Float32Array.from(tokens.flat()), map), map, { raft: 2 }).dataSync(), 4),
    );
  expect(relativeGap(run(turn(x)).flat(), turn(run(x)).flat())).toBeGreaterThan(0.1);
  tf.dispose(weights);
});

test('refuses a raft size that does not divide the channels', () => {
  const map = { height: 4, width: 4, channels: 6 };
  expect(raft.refuses(map, { raft: 4 })).toBe('the raft size 4 does not divide 6 channels');
  expect(raft.refuses(map, { raft: 3 })).toBeNull();
});
