import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { chord, drawing, N, positions, sample, variance } from '../../content/papers/fresh/signal';
import { type Complex, coefficient, distance, magnitudes } from '../../content/papers/fresh/spectrum';

/** A one-hidden-layer ReLU network of one input in float64: f(x) = sum c_j relu(w_j x + b_j) + d x, 40 units. */
function reluNetwork(seed: number) {
  const stream = randomFrom(seed)('relu network');
  const [w, c] = [stream.normal(40, 0, 1), stream.normal(40, 0, 1)].map((values) => Array.from(values));
  const at = Array.from(stream.uniform(40, -0.3, 1.3));
  const units = at.map((kink, j) => ({
    w: w?.[j] as number,
    b: -kink * (w?.[j] as number),
    c: c?.[j] as number,
    kink,
  }));
  const f = (x: number) => units.reduce((sum, u) => sum + u.c * Math.max(u.w * x + u.b, 0), 0.3);
  const slope = (x: number) => units.reduce((sum, u) => sum + (u.w * x + u.b > 0 ? u.c * u.w : 0), 0);
  const kinks = at.filter((x) => x > 0 && x < 1).sort((p, q) => p - q);
  return { f, slope, kinks, ends: [0, ...kinks, 1] };
}

const cis = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];
const plus = (...terms: Complex[]): Complex => [
  terms.reduce((sum, [re]) => sum + re, 0),
  terms.reduce((sum, [, im]) => sum + im, 0),
];
const times = (factor: number, [re, im]: Complex): Complex => [factor * re, factor * im];
/** z / (i k) */
const overIk = ([re, im]: Complex, k: number): Complex => [im / k, -re / k];

/** The page's formula: integral over [0, 1] of f e^{-ikx}, from end values, slopes and kinks alone. */
function kinkFormula({ f, slope, kinks, ends }: ReturnType<typeof reluNetwork>, k: number): Complex {
  const slopes = ends.slice(1).map((end, j) => slope((end + (ends[j] as number)) / 2));
  const boundary = overIk(plus([f(0), 0], times(-f(1), cis(-k))), k);
  const bends = plus(
    [slopes[0] as number, 0],
    times(-(slopes.at(-1) as number), cis(-k)),
    ...kinks.map((x, j) => times((slopes[j + 1] as number) - (slopes[j] as number), cis(-k * x))),
  );
  return plus(boundary, times(-1 / (k * k), bends));
}

/** Simpson's rule, piece by piece between the kinks, where the integrand is smooth. */
function quadrature({ f, ends }: ReturnType<typeof reluNetwork>, k: number): Complex {
  const pieces = ends.slice(1).map((to, j) => {
    const from = ends[j] as number;
    const steps = 2 * Math.ceil(50 + (to - from) * k * 100);
    const terms = Array.from({ length: steps + 1 }, (_, i) => {
      const x = from + ((to - from) * i) / steps;
      const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
      return times(weight * f(x), cis(-k * x));
    });
    return times((to - from) / (3 * steps), plus(...terms));
  });
  return plus(...pieces);
}

describe('the spectrum of a ReLU network', () => {
  test.each([1, 3, 10, 40])('is what its kinks say, at %d cycles', (m) => {
    const k = 2 * Math.PI * m;
    for (const seed of [1, 2, 3]) {
      const network = reluNetwork(seed);
      expect(network.kinks.length).toBeGreaterThan(15);
      const exact = kinkFormula(network, k);
      // Worked out by hand: relative error below 1e-6.
      expect(distance(quadrature(network, k), exact)).toBeLessThan(1e-6 * Math.hypot(...exact));
    }
  });

  test.each([1, 3, 10])('is what the discrete transform of its samples tends to, at %d cycles', (m) => {
    const network = reluNetwork(4);
    const points = 8192;
    const y = sample(network.f, points);
    // The trapezoidal rule takes the mean of both ends where the transform takes f(0).
    y[0] = (network.f(0) + network.f(1)) / 2;
    const exact = kinkFormula(network, 2 * Math.PI * m);
    const error = distance(times(1 / points, coefficient(y, m)), exact);
    expect(error).toBeLessThan(1e-4 * Math.hypot(...exact));
  });
});

describe('the linear model', () => {
  const K = [1, 4, 10, 30];
  const scale = [1, 0.5, 0.1, 0.02];
  const y = sample(
    chord(
      Array.from({ length: 30 }, (_, i) => (K.includes(i + 1) ? 1 : 0)),
      randomFrom(2)('phases'),
    ),
    N,
  );

  /** Gradient descent on (1 / N) sum (f - y)^2, f = sum a_k (theta_k cos 2 pi k t + psi_k sin 2 pi k t), from 0. */
  function descend(eta: number, steps: number): number[] {
    const basis = K.flatMap((k, i) =>
      [Math.cos, Math.sin].map((wave) => sample((t) => (scale[i] as number) * wave(2 * Math.PI * k * t), N)),
    );
    const weights = basis.map(() => 0);
    const output = () =>
      y.map((_, i) => basis.reduce((sum, b, j) => sum + (weights[j] as number) * (b[i] as number), 0));
    for (let step = 0; step < steps; step++) {
      const error = output().map((f, i) => f - (y[i] as number));
      basis.forEach((b, j) => {
        const slope = (2 / N) * b.reduce((sum, v, i) => sum + v * (error[i] as number), 0);
        weights[j] = (weights[j] as number) - eta * slope;
      });
    }
    return output();
  }

  test.each([1, 7, 150])('after %d steps, the error at k is (1 - eta a_k^2)^t of what it was', (steps) => {
    // Worked out by hand: to 1e-10 of the start.
    const f = descend(0.5, steps);
    K.forEach((k, i) => {
      const start = coefficient(y, k);
      const left = plus(coefficient(y, k), times(-1, coefficient(f, k)));
      const expected = times((1 - 0.5 * (scale[i] as number) ** 2) ** steps, start);
      expect(distance(left, expected)).toBeLessThan(1e-10 * Math.hypot(...start));
    });
  });

  test('learns loud features first: a hundredth of the error is left after 7 steps at a = 1, after 919 at a = 0.1', () => {
    // Worked out by hand: ln 0.01 / ln 0.5 = 6.6, ln 0.01 / ln 0.995 = 918.7.
    const share = (f: number[], k: number) =>
      distance(coefficient(f, k), coefficient(y, k)) / Math.hypot(...coefficient(y, k));
    expect(share(descend(0.5, 6), 1)).toBeGreaterThan(0.01);
    expect(share(descend(0.5, 7), 1)).toBeLessThan(0.01);
    expect(share(descend(0.5, 918), 10)).toBeGreaterThan(0.01);
    expect(share(descend(0.5, 919), 10)).toBeLessThan(0.01);
  });
});

describe('the targets', () => {
  test('a chord has the amplitudes that it is given, and nothing else', () => {
    const amplitudes = [1, 0, 0.3, 0, 0.7];
    const heard = magnitudes(sample(chord(amplitudes, randomFrom(9)('phases')), N), N / 2).map((m) => (2 * m) / N);
    // A sinusoid of amplitude A has |Y_k| = A N / 2 (textbook).
    heard.forEach((a, i) => {
      expect(a).toBeCloseTo(amplitudes[i] ?? 0, 12);
    });
  });

  test('turning one voice up leaves the others as they are', () => {
    const voice = (amplitudes: number[]) => coefficient(sample(chord(amplitudes, randomFrom(9)('phases')), N), 3);
    expect(distance(voice([0, 0, 1]), voice([5, 2, 1]))).toBeLessThan(1e-11);
  });

  test('a drawing goes through its heights, straight between them, and closes the circle', () => {
    const line = drawing([0, 4, 2]);
    expect([0, 1 / 6, 1 / 3, 1 / 2, 2 / 3, 5 / 6].map((t) => Number(line(t).toFixed(12)))).toEqual([0, 2, 4, 3, 2, 1]);
  });

  test('positions fill [-1, 1) evenly, and variance is the mean squared distance from the mean', () => {
    expect(positions(4)).toEqual([-1, -0.5, 0, 0.5]);
    expect(variance([1, 2, 3, 6])).toBe(3.5);
  });
});
