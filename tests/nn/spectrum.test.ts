/** The spectrum mixer against plain loops in float64, and what it can and cannot be. */
import { describe, expect, test } from 'vitest';
import { compileStep } from '#accelerate/compile-step';
import { startBackend } from '#lab/node';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { radialBands } from '#math/dct';
import type { BlockWeights } from '#nn/vision/layer';
import { type TokenMap, tokensOf } from '#nn/vision/operator';
import { BANDS, type SpectrumOptions, spectrum } from '#nn/vision/spectrum';
import { mixSpectrum, spectrumLayer } from '#nn/vision/spectrum-layer';

await startBackend('wasm');

const map: TokenMap = { height: 6, width: 5, channels: 4 };
const tokens = tokensOf(map);
const at = (a: ArrayLike<number>, i: number) => a[i] as number;
const sizes: SpectrumOptions[] = [
  { filters: 1, context: 'bands' },
  { filters: 3, context: 'mean' },
  { filters: 3, context: 'bands' },
];

/** A block with every weight drawn at a scale at which it counts. */
function blockOf(options: SpectrumOptions, seed: number): BlockWeights {
  const weights = spectrumLayer.start(randomFrom(seed), 'block', map, options, 2);
  for (const [name, w] of Object.entries(weights)) {
    tf.tidy(() => w.assign(tf.tensor(randomFrom(seed)(`drawn.${name}`).normal(w.size, 0, 0.5), w.shape)));
  }
  return weights;
}

const mixed = (weights: BlockWeights, x: ArrayLike<number>, options: SpectrumOptions) =>
  tf.tidy(
    () =>
      mixSpectrum(
        weights,
        tf.tensor3d(Float32Array.from(x), [x.length / (tokens * map.channels), tokens, map.channels]),
        map,
        options,
      ).dataSync() as Float32Array,
  );

const draw = (seed: number, name = 'x') =>
  Float64Array.from(randomFrom(seed)(name).normal(tokens * map.channels, 0, 1));

/** The orthonormal cosine product (k, l) at the place (i, j). */
function wave(k: number, l: number, i: number, j: number): number {
  const { height: H, width: W } = map;
  const c = Math.sqrt(((k === 0 ? 1 : 2) * (l === 0 ? 1 : 2)) / (H * W));
  return c * Math.cos((Math.PI * (2 * i + 1) * k) / (2 * H)) * Math.cos((Math.PI * (2 * j + 1) * l) / (2 * W));
}

/** GELU by a series of erf, which shares nothing with tfjs. */
function gelu(x: number): number {
  const z = x / Math.SQRT2;
  let [term, sum] = [z, z];
  for (let n = 1; n < 200; n++) {
    term *= (-z * z) / n;
    sum += term / (2 * n + 1);
  }
  return (x * (1 + (2 / Math.sqrt(Math.PI)) * sum)) / 2;
}

/** The same mixing by plain loops in float64: every frequency as a sum over all tokens. */
function byLoops(weights: BlockWeights, x: ArrayLike<number>, { filters: K, context }: SpectrumOptions): Float64Array {
  const { height: H, width: W, channels: C } = map;
  const w = Object.fromEntries(Object.entries(weights).map(([name, variable]) => [name, variable.dataSync()]));
  const get = (name: string, i: number) => at(w[name] as Float32Array, i);
  const spectra = new Float64Array(tokens * C);
  for (let c = 0; c < C; c++)
    for (let f = 0; f < tokens; f++)
      for (let t = 0; t < tokens; t++)
        spectra[f * C + c] =
          at(spectra, f * C + c) + wave(Math.floor(f / W), f % W, Math.floor(t / W), t % W) * at(x, t * C + c);
  let shares = (_c: number) => [1];
  if (K > 1) {
    const z: number[] = [];
    if (context === 'mean') {
      for (let c = 0; c < C; c++)
        z.push(Array.from({ length: tokens }, (_, t) => at(x, t * C + c) / tokens).reduce((a, b) => a + b));
    } else {
      const bands = radialBands(H, W, BANDS);
      for (let b = 0; b < BANDS; b++) {
        const inside = [...bands.keys()]
          .filter((f) => bands[f] === b)
          .flatMap((f) => Array.from({ length: C }, (_, c) => at(spectra, f * C + c) ** 2));
        z.push(Math.log(1e-3 + (inside.length === 0 ? 0 : inside.reduce((a, b) => a + b) / inside.length)));
      }
    }
    const R = (w['generator.up.bias'] as Float32Array).length;
    const hidden = Array.from({ length: R }, (_, r) =>
      gelu(z.reduce((sum, v, i) => sum + v * get('generator.up.weight', i * R + r), get('generator.up.bias', r))),
    );
    shares = (c) => {
      const scores = Array.from({ length: K }, (_, m) =>
        hidden.reduce(
          (sum, h, r) => sum + h * get('generator.down.weight', r * K * C + c * K + m),
          get('generator.down.bias', c * K + m),
        ),
      );
      const powers = scores.map(Math.exp);
      const total = powers.reduce((a, b) => a + b);
      return powers.map((p) => p / total);
    };
  }
  const y = new Float64Array(tokens * C);
  for (let c = 0; c < C; c++) {
    const alpha = shares(c);
    for (let f = 0; f < tokens; f++) {
      const gain = alpha.reduce((sum, a, m) => sum + a * get('filters', m * tokens + f), 0);
      for (let t = 0; t < tokens; t++)
        y[t * C + c] =
          at(y, t * C + c) + gain * at(spectra, f * C + c) * wave(Math.floor(f / W), f % W, Math.floor(t / W), t % W);
    }
  }
  return y;
}

const size = (x: ArrayLike<number>) => Math.hypot(...Array.from(x));
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) => size(Array.from(a, (v, i) => v - at(b, i))) / size(b);

describe.each(sizes)('$filters filters, context $context', (options) => {
  test.each([1, 2, 3])('computes what plain loops compute, seed %i', (seed) => {
    const weights = blockOf(options, seed);
    const x = draw(seed);
    expect(apart(mixed(weights, x, options), byLoops(weights, x, options))).toBeLessThan(3e-6);
    tf.dispose(weights);
  });

  test('is additive if and only if its gains are fixed', () => {
    const weights = blockOf(options, 4);
    const [a, b] = [draw(4, 'a'), draw(4, 'b')];
    const sum = mixed(
      weights,
      a.map((v, i) => v + at(b, i)),
      options,
    );
    const [ya, yb] = [mixed(weights, a, options), mixed(weights, b, options)];
    const gap = apart(
      sum,
      ya.map((v, i) => v + at(yb, i)),
    );
    if (options.filters === 1) expect(gap).toBeLessThan(1e-6);
    else expect(gap).toBeGreaterThan(0.01);
    tf.dispose(weights);
  });

  test('with all gains 1 is the identity, with all 0 it is zero', () => {
    const weights = blockOf(options, 5);
    const x = draw(5);
    tf.tidy(() => weights.filters?.assign(tf.onesLike(weights.filters)));
    expect(apart(mixed(weights, x, options), x)).toBeLessThan(1e-6);
    tf.tidy(() => weights.filters?.assign(tf.zerosLike(weights.filters as tf.Tensor)));
    expect(size(mixed(weights, x, options))).toBe(0);
    tf.dispose(weights);
  });

  test('turned or shifted pictures: a mirror image gives the mirror image, a shift not the shift', () => {
    const weights = blockOf(options, 6);
    const x = draw(6);
    const moved = (y: ArrayLike<number>, from: (j: number) => number) =>
      Array.from({ length: y.length }, (_, p) => {
        const [t, c] = [Math.floor(p / map.channels), p % map.channels];
        const place = Math.floor(t / map.width) * map.width + from(t % map.width);
        return at(y, place * map.channels + c);
      });
    const mirror = (j: number) => map.width - 1 - j;
    const shift = (j: number) => (j + 1) % map.width;
    const y = mixed(weights, x, options);
    // A mirror only turns the sign of odd frequencies, which gains do not touch, and energies do not see.
    expect(apart(mixed(weights, moved(x, mirror), options), moved(y, mirror))).toBeLessThan(3e-6);
    expect(apart(mixed(weights, moved(x, shift), options), moved(y, shift))).toBeGreaterThan(0.05);
    tf.dispose(weights);
  });

  test('is recorded and replayed, to the bits of plain steps', () => {
    const losses = [false, true].map((replay) => {
      const weights = blockOf(options, 7);
      const optimizer = tf.train.adam(0.01);
      const x = tf.tensor3d(Float32Array.from(draw(7)), [1, tokens, map.channels]);
      const loss = () => tf.mean(tf.square(spectrumLayer.block(weights, x, map, options))) as tf.Scalar;
      const plain = () => void optimizer.minimize(loss, false, Object.values(weights));
      const step = compileStep(plain);
      for (let i = 0; i < 8; i++) (replay ? step : plain)();
      expect(step.replaying).toBe(replay);
      const value = tf.tidy(() => loss().dataSync()[0]);
      step.dispose();
      optimizer.dispose();
      tf.dispose([weights, x]);
      return value;
    });
    expect(losses[0]).toBe(losses[1]);
  });
});

/** The token-mixing matrix [tokens, tokens] of one fixed filter. */
function matrixOf(filter: ArrayLike<number>): Float64Array {
  const W = map.width;
  return Float64Array.from({ length: tokens ** 2 }, (_, p) => {
    const [t, s] = [Math.floor(p / tokens), p % tokens];
    let sum = 0;
    for (let f = 0; f < tokens; f++) {
      const d = (place: number) => wave(Math.floor(f / W), f % W, Math.floor(place / W), place % W);
      sum += at(filter, f) * d(t) * d(s);
    }
    return sum;
  });
}

describe('one fixed filter as a matrix', () => {
  const options = { filters: 1, context: 'bands' } as const;
  const weights = blockOf(options, 8);
  const filter = (weights.filters as tf.Variable).dataSync();
  const M = matrixOf(filter);

  test('is symmetric, and what the layer applies', () => {
    for (let t = 0; t < tokens; t++) {
      for (let s = 0; s < t; s++) expect(at(M, t * tokens + s)).toBeCloseTo(at(M, s * tokens + t), 12);
    }
    const x = draw(8);
    const product = x.map((_, p) => {
      const [t, c] = [Math.floor(p / map.channels), p % map.channels];
      let sum = 0;
      for (let s = 0; s < tokens; s++) sum += at(M, t * tokens + s) * at(x, s * map.channels + c);
      return sum;
    });
    expect(apart(mixed(weights, x, options), product)).toBeLessThan(3e-6);
  });

  test('stretches no input by more than its largest gain, and one input by exactly that', () => {
    const largest = Math.max(...Array.from(filter, Math.abs));
    for (const seed of [1, 2, 3]) {
      const x = draw(seed);
      expect(size(mixed(weights, x, options))).toBeLessThanOrEqual(largest * size(x) * (1 + 1e-6));
    }
    const f = Array.from(filter).findIndex((gain) => Math.abs(gain) === largest);
    const x = Array.from({ length: tokens * map.channels }, (_, p) => {
      const t = Math.floor(p / map.channels);
      return wave(Math.floor(f / map.width), f % map.width, Math.floor(t / map.width), t % map.width);
    });
    expect(size(mixed(weights, x, options)) / size(x)).toBeCloseTo(largest, 5);
  });

  test('the best filter for a matrix T is d_k^T T d_k: nothing beside it is nearer', () => {
    const T = Float64Array.from(randomFrom(9)('T').normal(tokens ** 2, 0, 1));
    const d = (f: number, t: number) =>
      wave(Math.floor(f / map.width), f % map.width, Math.floor(t / map.width), t % map.width);
    const best = Float64Array.from({ length: tokens }, (_, f) => {
      let sum = 0;
      for (let t = 0; t < tokens; t++)
        for (let s = 0; s < tokens; s++) sum += d(f, t) * at(T, t * tokens + s) * d(f, s);
      return sum;
    });
    const distance = (filter: Float64Array) => apart(matrixOf(filter), T);
    const least = distance(best);
    for (const f of [0, 7, 29]) {
      for (const change of [-0.1, 0.1]) {
        expect(distance(best.map((w, k) => (k === f ? w + change : w)))).toBeGreaterThan(least);
      }
    }
  });
});

test('the sizes of the comparison: two blocks of 8 x 8 tokens and 20 channels', () => {
  const small = { height: 8, width: 8, channels: 20 };
  expect(2 * spectrum.weights(small, { filters: 1, context: 'mean' })).toBe(208);
  expect(2 * spectrum.weights(small, { filters: 4, context: 'mean' })).toBe(2772);
  // 14 x 14 x 768: two transforms of 2 * 768 * 196 * 28 / 2 multiply-adds each, and one gain per entry.
  const large = { height: 14, width: 14, channels: 768 };
  expect(spectrum.macs(large, { filters: 1, context: 'mean' })).toBe(8_429_568 + 150_528);
});

test('weights by name are those that the options ask for', () => {
  const named = Object.keys(blockOf({ filters: 1, context: 'bands' }, 1)).filter(
    (name) => !name.startsWith('channel.'),
  );
  expect(named).toEqual(['norm.gain', 'norm.bias', 'filters']);
});
