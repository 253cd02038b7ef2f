import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { parameterCount } from '#nn/dense';
import {
  type CoordinateNetwork,
  finerNetwork,
  fourierNetwork,
  networkVariables,
  plainNetwork,
  sirenNetwork,
} from '../../content/papers/fresh/networks';
import {
  affine,
  copied,
  differences,
  type Forward,
  finer,
  fourier,
  meanSquaredError,
  plain,
  siren,
} from './fresh-second';

const random = randomFrom(3);
const POINTS = 6;
const stream = random('positions');
/** Positions in the square, with targets; all exact in float32. */
const xs = Array.from({ length: POINTS }, () => Array.from(stream.uniform(2, -1, 1)));
const ys = Array.from(stream.uniform(POINTS, -1, 1));

const relu = (z: number) => Math.max(z, 0);
const tiny = { inputs: 2, width: 5, depth: 3 };
const OMEGA = 12;

/** Every network of the page, tiny, with its second implementation. */
const networks: [string, () => CoordinateNetwork, (net: CoordinateNetwork) => Forward][] = [
  ['plain relu', () => plainNetwork(random, { ...tiny, activation: 'relu' }), () => plain(relu)],
  ['plain tanh', () => plainNetwork(random, { ...tiny, activation: 'tanh' }), () => plain(Math.tanh)],
  ['plain sine', () => plainNetwork(random, { ...tiny, activation: 'sine' }), () => plain(Math.sin)],
  [
    'Fourier features',
    () => fourierNetwork(random, { ...tiny, features: 3, sigma: 0.8, activation: 'tanh' }),
    (net) => fourier((net.fixed[0] as tf.Tensor2D).arraySync(), Math.tanh),
  ],
  ['SIREN', () => sirenNetwork(random, { ...tiny, omega0: OMEGA }), () => siren(OMEGA)],
  ['FINER', () => finerNetwork(random, { ...tiny, omega0: OMEGA, k: 0.7 }), () => finer(OMEGA)],
];

const predicted = (net: CoordinateNetwork) => tf.tidy(() => Array.from(net.predict(tf.tensor2d(xs)).dataSync()));

/** What tfjs says the gradient of the mean squared error is, in the order of {@link differences}. */
const gradient = (net: CoordinateNetwork) =>
  tf.tidy(() => {
    const { grads } = tf.variableGrads(
      () => tf.losses.meanSquaredError(tf.tensor2d(ys, [POINTS, 1]), net.predict(tf.tensor2d(xs))),
      networkVariables(net),
    );
    return networkVariables(net).flatMap(({ name }) => Array.from((grads[name] as tf.Tensor).dataSync()));
  });

/** Largest difference, as a share of the largest entry. */
function relativeError(actual: readonly number[], expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  const worst = Math.max(...actual.map((g, i) => Math.abs(g - (expected[i] as number))));
  return worst / Math.max(...expected.map(Math.abs));
}

/** float32 keeps 7 digits; phases of some 20 radians behind three layers leave 5. */
const FLOAT32 = 1e-5;
/** In float64: truncation about (30 eps)^2 = 1e-9, rounding 1e-16 / eps = 1e-10. */
const EPS = 1e-6;

describe.each(networks)('%s', (_, build, second) => {
  test('predicts what a second implementation in float64 does', () => {
    const net = build();
    const expected = xs.map((x) => second(net)(copied(net.layers), x));
    expect(relativeError(predicted(net), expected)).toBeLessThan(FLOAT32);
  });

  test('leaves no tensors behind when its variables are disposed of', () => {
    const before = tf.memory().numTensors;
    const net = build();
    predicted(net);
    gradient(net);
    tf.dispose([...networkVariables(net), ...net.fixed]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test.each(networks.filter(([name]) => name !== 'FINER'))(
  '%s: the gradient of the loss is that of central differences',
  (_, build, second) => {
    const net = build();
    const expected = differences((l) => meanSquaredError(second(net), l, xs, ys), copied(net.layers), EPS);
    expect(relativeError(gradient(net), expected)).toBeLessThan(3 * FLOAT32);
  },
);

test('no kink of the ReLU network lies within the step of the differences above', () => {
  const layers = copied(plainNetwork(random, { ...tiny, activation: 'relu' }).layers);
  for (const x of xs) {
    let h: number[] = x;
    for (const layer of layers.slice(0, -1)) {
      const z = affine(layer, h);
      expect(Math.min(...z.map(Math.abs))).toBeGreaterThan(100 * EPS);
      h = z.map(relu);
    }
  }
});

test('the bias of SIREN is not multiplied by omega', () => {
  const net = sirenNetwork(random, { ...tiny, omega0: OMEGA });
  // The other reading, sin(omega (W h + b)), is SIREN with every bias times its omega (worked out by hand).
  const scaled = copied(net.layers).map(({ W, b }, i) => ({ W, b: b.map((v) => (i === 0 ? OMEGA : 30) * v) }));
  const other = xs.map((x) => siren(OMEGA)(scaled, x));
  expect(relativeError(predicted(net), other)).toBeGreaterThan(0.1);
});

describe('the gradient of FINER', () => {
  /** Relative error against the differences of the loss with the factor |z| + 1 held fixed, or free. */
  function compare(factor: 'held' | 'free') {
    const net = finerNetwork(random, { ...tiny, omega0: OMEGA, k: 0.7 });
    const layers = copied(net.layers);
    const forward = factor === 'held' ? finer(OMEGA, layers) : finer(OMEGA);
    const expected = differences((l) => meanSquaredError(forward, l, xs, ys), layers, EPS);
    return relativeError(gradient(net), expected);
  }

  test('holds the factor |z| + 1 fixed', () => {
    expect(compare('held')).toBeLessThan(3 * FLOAT32);
  });

  test('so that it is not the gradient of the loss', () => {
    expect(compare('free')).toBeGreaterThan(0.05);
  });
});

describe('sizes', () => {
  // Worked out by hand.
  test.each([
    ['ReLU 1-64x5-1', () => plainNetwork(random, { inputs: 1, width: 64, depth: 6, activation: 'relu' }), 16_833],
    [
      'Fourier features 64-64-64-1',
      () => fourierNetwork(random, { inputs: 1, features: 32, sigma: 1, width: 64, depth: 3, activation: 'relu' }),
      8_385,
    ],
    ['SIREN 1-64-64-64-1', () => sirenNetwork(random, { inputs: 1, width: 64, depth: 4, omega0: 30 }), 8_513],
    ['Rahaman 1-256x5-1', () => plainNetwork(random, { inputs: 1, width: 256, depth: 6, activation: 'relu' }), 263_937],
  ] as const)('%s has the number of trainable numbers that the paper counts', (_, build, count) => {
    const net = build();
    expect(parameterCount(net.layers)).toBe(count);
    expect(networkVariables(net).reduce((sum, variable) => sum + variable.size, 0)).toBe(count);
  });
});
