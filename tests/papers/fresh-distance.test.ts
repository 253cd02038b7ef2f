import { expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { cumulativeDifference, wasserstein } from '../../content/papers/fresh/distance';

const total = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0);
const spectrum = (name: string, bins = 32) => Array.from(randomFrom(1)(name).uniform(bins, 0, 1));
const triples = Array.from({ length: 40 }, (_, i) => [`u${i}`, `v${i}`, `w${i}`].map((name) => spectrum(name)));

/** Optimal transport on a line, mass by mass: in one dimension, matching the quantiles in order is the cheapest plan. */
function transport(u: readonly number[], v: readonly number[]): number {
  const [supply, demand] = [u.map((x) => x / total(u)), v.map((x) => x / total(v))];
  let [i, j, cost] = [0, 0, 0];
  while (i < supply.length && j < demand.length) {
    const mass = Math.min(supply[i] as number, demand[j] as number);
    cost += mass * Math.abs(i - j);
    supply[i] = (supply[i] as number) - mass;
    demand[j] = (demand[j] as number) - mass;
    if (supply[i] === 0) i++;
    else j++;
  }
  return cost;
}

test.each([0, 1, 5, 20])('shifting a spectrum by %d bins costs exactly that', (m) => {
  // Worked out by hand.
  const u = [0, 1, 3, 2, 0.5, ...new Array<number>(27).fill(0)];
  const v = [...new Array<number>(m).fill(0), ...u.slice(0, 32 - m)];
  expect(wasserstein(u, v)).toBeCloseTo(m, 12);
});

test('bins 1 to 4 alike against bin 1 alone: 1.5 bins', () => {
  // Worked out by hand: 0.75 + 0.5 + 0.25.
  expect(wasserstein([1, 1, 1, 1], [1, 0, 0, 0])).toBe(1.5);
});

test('the distance is that of the cheapest transport', () => {
  for (const [u, v] of triples) {
    expect(wasserstein(u as number[], v as number[])).toBeCloseTo(transport(u as number[], v as number[]), 10);
  }
});

test('the distance is symmetric, and zero only from a spectrum to itself', () => {
  for (const [u, v] of triples) {
    expect(wasserstein(u as number[], v as number[])).toBeCloseTo(wasserstein(v as number[], u as number[]), 12);
    expect(wasserstein(u as number[], u as number[])).toBe(0);
    expect(wasserstein(u as number[], v as number[])).toBeGreaterThan(0.01);
  }
});

test('a detour is never shorter', () => {
  for (const [u, v, w] of triples as [number[], number[], number[]][]) {
    expect(wasserstein(u, w)).toBeLessThanOrEqual(wasserstein(u, v) + wasserstein(v, w) + 1e-12);
  }
});

test('loudness does not matter', () => {
  for (const [u, v] of triples as [number[], number[], number[]][]) {
    const louder = u.map((x) => 1e6 * x);
    expect(wasserstein(louder, v)).toBeCloseTo(wasserstein(u, v), 10);
  }
});

test('the difference of the cumulative distributions is given bin by bin, and ends at 0', () => {
  expect(cumulativeDifference([2, 2, 0, 0], [0, 0, 0, 7])).toEqual([0.5, 1, 1, 0]);
});

test('a silent spectrum has no distance, and spectra of other lengths are refused', () => {
  expect(wasserstein([0, 0], [1, 1])).toBeNaN();
  expect(() => wasserstein([1, 2], [1, 2, 3])).toThrow('Spectra of 2 and 3 bins cannot be compared.');
});
