import { describe, expect, test } from 'vitest';
import { type Random, randomFrom } from '#lab/random';

const draws = (random: Random, name: string, count: number) => {
  const stream = random(name);
  return Array.from({ length: count }, () => stream.next());
};
const mean = (xs: ArrayLike<number>) => Array.from(xs).reduce((sum, x) => sum + x, 0) / xs.length;
const variance = (xs: ArrayLike<number>) => {
  const middle = mean(xs);
  return mean(Array.from(xs, (x) => (x - middle) ** 2));
};

describe('streams', () => {
  test('equal seeds and names give equal draws', () => {
    expect(draws(randomFrom(7), 'weights', 50)).toEqual(draws(randomFrom(7), 'weights', 50));
    expect(randomFrom(7)('a').normal(9, 0, 1)).toEqual(randomFrom(7)('a').normal(9, 0, 1));
  });

  test('different seeds or names give different draws', () => {
    const names = ['a', 'b', 'A', 'a ', '', 'layer1.weight', 'layer1.bias', 'layer2.weight', '1', '11'];
    const firsts = [1, 2, 3, 11, 999_999].flatMap((seed) => names.map((name) => draws(randomFrom(seed), name, 1)[0]));
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  test('drawing from one stream leaves the others as they are', () => {
    const random = randomFrom(3);
    const noise = random('noise');
    const before = [noise.next(), noise.next()];
    random('weights').normal(1000, 0, 1);
    random('other').next();
    expect([...before, noise.next(), noise.next()]).toEqual(draws(randomFrom(3), 'noise', 4));
  });

  test('asking again for a name starts its stream again', () => {
    const random = randomFrom(3);
    expect(draws(random, 'noise', 5)).toEqual(draws(random, 'noise', 5));
  });

  test('one stream goes on from draw to draw, whatever is drawn', () => {
    const stream = randomFrom(3)('mixed');
    expect(stream.uniform(5, 0, 1)).not.toEqual(stream.uniform(5, 0, 1));
    expect(stream.normal(5, 0, 1)).not.toEqual(stream.normal(5, 0, 1));
  });

  test.each([
    ['a', 'b'],
    ['B', 'C'],
    ['layer1.weight', 'layer2.weight'],
    ['weight', 'bias'],
  ])('over many seeds, the first draws of "%s" and "%s" are not correlated', (one, other) => {
    // For independent uniform draws the sample correlation of n pairs has the standard error 1 / sqrt(n).
    const n = 4000;
    const products = Array.from({ length: n }, (_, i) => {
      const random = randomFrom(i + 1);
      return 12 * (random(one).next() - 0.5) * (random(other).next() - 0.5);
    });
    expect(Math.abs(mean(products))).toBeLessThan(4 / Math.sqrt(n));
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no seed', (seed) => {
    expect(() => randomFrom(seed)).toThrow(new RangeError(`A seed is a whole number from 1, not ${seed}.`));
  });
});

describe('distributions', () => {
  const n = 100_000;

  test('next() is in [0, 1), and successive draws differ', () => {
    const xs = draws(randomFrom(1), 'next', n);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...xs)).toBeLessThan(1);
    expect(xs.filter((x, i) => x === xs[i - 1])).toEqual([]);
  });

  test('successive draws of a stream are not correlated', () => {
    const xs = draws(randomFrom(4), 'lag', n);
    const products = xs.slice(1).map((x, i) => 12 * (x - 0.5) * ((xs[i] as number) - 0.5));
    expect(Math.abs(mean(products))).toBeLessThan(4 / Math.sqrt(n));
  });

  test('uniform draws have the range, mean and variance of the uniform distribution', () => {
    const xs = randomFrom(2)('uniform').uniform(n, -2, 3);
    expect(xs).toHaveLength(n);
    expect(xs.every((x) => x >= -2 && x <= 3)).toBe(true);
    // Width 5: variance 5^2 / 12, fourth central moment 5^4 / 80 (textbook); bounds are 4 standard errors.
    const v = 25 / 12;
    expect(Math.abs(mean(xs) - 0.5)).toBeLessThan(4 * Math.sqrt(v / n));
    expect(Math.abs(variance(xs) - v)).toBeLessThan(4 * Math.sqrt((625 / 80 - v * v) / n));
  });

  test('normal draws have the mean, variance and shape of the normal distribution', () => {
    const xs = randomFrom(2)('normal').normal(n, 1.5, 0.5);
    expect(xs).toHaveLength(n);
    // Standard errors: of the mean s / sqrt(n), of the variance s^2 sqrt(2 / n) (textbook).
    expect(Math.abs(mean(xs) - 1.5)).toBeLessThan((4 * 0.5) / Math.sqrt(n));
    expect(Math.abs(variance(xs) - 0.25)).toBeLessThan(4 * 0.25 * Math.sqrt(2 / n));
    // P(|z| < 1) = 0.682689, P(z < 0) = 0.5 (tables of the normal distribution).
    const within = xs.filter((x) => Math.abs(x - 1.5) < 0.5).length / n;
    expect(Math.abs(within - 0.682689)).toBeLessThan(4 * Math.sqrt((0.682689 * 0.317311) / n));
    const below = xs.filter((x) => x < 1.5).length / n;
    expect(Math.abs(below - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / n));
  });

  test('index() takes every whole number below its count equally often', () => {
    const stream = randomFrom(5)('index');
    const counts = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const index = stream.index(7);
      counts.set(index, (counts.get(index) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const count of counts.values()) {
      expect(Math.abs(count - n / 7)).toBeLessThan(4 * Math.sqrt((n * 6) / 49));
    }
  });
});
