import { expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import type * as tf from '#lab/tf';
import {
  type CoordinateNetwork,
  finerNetwork,
  fourierNetwork,
  namedWeights,
  plainNetwork,
  sirenNetwork,
} from '../../content/papers/fresh/networks';

const random = randomFrom(8);
const spec = { inputs: 2, width: 64, depth: 4 };

/** Draws fill U(-bound, bound): none lies outside, both ends are approached, and the mean is within 4 standard errors. */
function expectUniform(tensor: tf.Tensor | undefined, bound: number) {
  const values = Array.from((tensor as tf.Tensor).dataSync());
  const n = values.length;
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound * (1 + 1e-6));
  if (n < 60) return;
  // Of 64 draws, the chance that none comes within 15 % of an end is 3e-3 at most; the seed is fixed.
  expect(Math.max(...values)).toBeGreaterThan(0.85 * bound);
  expect(Math.min(...values)).toBeLessThan(-0.85 * bound);
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  expect(Math.abs(mean)).toBeLessThan((4 * bound) / Math.sqrt(3 * n));
}

function expectRanges(net: CoordinateNetwork, bounds: readonly [weight: number, bias: number][]) {
  expect(net.layers).toHaveLength(bounds.length);
  net.layers.forEach(({ weight, bias }, i) => {
    const [weightBound, biasBound] = bounds[i] as [number, number];
    expectUniform(weight, weightBound);
    expectUniform(bias, biasBound);
  });
}

/** PyTorch's default for `Linear`, 1 / sqrt(fan in) (official code), behind 2 inputs and behind 64 units. */
const [FIRST, HIDDEN] = [1 / Math.sqrt(2), 1 / 8];
/** SIREN's hidden weights: sqrt(6 / fan in) / 30 (official code). */
const SINE = Math.sqrt(6 / 64) / 30;

test('a plain network starts as PyTorch does: weights and biases within 1 / sqrt(fan in)', () => {
  expectRanges(plainNetwork(random, { ...spec, activation: 'relu' }), [
    [FIRST, FIRST],
    [HIDDEN, HIDDEN],
    [HIDDEN, HIDDEN],
    [HIDDEN, HIDDEN],
  ]);
});

test('SIREN starts with weights within 1 / inputs, then sqrt(6 / fan in) / 30, and the biases of PyTorch', () => {
  expectRanges(sirenNetwork(random, { ...spec, omega0: 30 }), [
    [1 / 2, FIRST],
    [SINE, HIDDEN],
    [SINE, HIDDEN],
    [SINE, HIDDEN],
  ]);
});

test.each([
  [0, FIRST],
  [0.3, 0.3],
  [3, 3],
])('FINER with k = %d starts as SIREN does, but for its first bias', (k, firstBias) => {
  expectRanges(finerNetwork(random, { ...spec, omega0: 30, k }), [
    [1 / 2, firstBias],
    [SINE, HIDDEN],
    [SINE, HIDDEN],
    [SINE, HIDDEN],
  ]);
});

test('the frequencies of Fourier features are normal with deviation 2 pi sigma, and are not trained', () => {
  const [features, sigma] = [2000, 3];
  const net = fourierNetwork(random, { ...spec, features, sigma, activation: 'relu' });
  const [B] = net.fixed as [tf.Tensor];
  expect(B.shape).toEqual([2, features]);
  const values = Array.from(B.dataSync(), (v) => v / (2 * Math.PI * sigma));
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
  // Standard errors of mean and variance of n standard normal draws (textbook).
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(n));
  expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  expect(Object.keys(namedWeights(net))).not.toContain('B');
  expect(net.layers[0]?.weight.shape).toEqual([2 * features, 64]);
});

test('equal seeds start equal, another seed or layer does not', () => {
  const first = (seed: number, layer: number) =>
    Array.from(
      (
        sirenNetwork(randomFrom(seed), { ...spec, omega0: 30 }).layers[layer] as { weight: tf.Tensor }
      ).weight.dataSync(),
    );
  expect(first(5, 1)).toEqual(first(5, 1));
  expect(first(6, 1)).not.toEqual(first(5, 1));
  expect(first(5, 2)).not.toEqual(first(5, 1));
});

test('the knobs omega0 and sigma leave the trained weights as they are', () => {
  const weights = (net: CoordinateNetwork) => net.layers.map(({ weight }) => Array.from(weight.dataSync()));
  const sines = (omega0: number) => sirenNetwork(random, { ...spec, omega0 });
  expect(weights(sines(90))).toEqual(weights(sines(30)));
  const waves = (sigma: number) => fourierNetwork(random, { ...spec, features: 8, sigma, activation: 'relu' });
  expect(weights(waves(4))).toEqual(weights(waves(1)));
});

test('sigma scales all frequencies of Fourier features alike', () => {
  const frequencies = (sigma: number) => {
    const [B] = fourierNetwork(random, { ...spec, features: 8, sigma, activation: 'relu' }).fixed as [tf.Tensor];
    return Array.from(B.dataSync());
  };
  const single = frequencies(1);
  frequencies(4).forEach((f, i) => {
    expect(f).toBeCloseTo(4 * (single[i] as number), 4);
  });
});

test('weights are exported by layer', () => {
  const net = sirenNetwork(random, { ...spec, omega0: 30 });
  const weights = namedWeights(net);
  expect(Object.keys(weights)).toEqual([1, 2, 3, 4].flatMap((i) => [`layer${i}.weight`, `layer${i}.bias`]));
  expect(weights['layer1.weight']?.shape).toEqual([2, 64]);
  expect(weights['layer4.bias']?.shape).toEqual([1]);
});
