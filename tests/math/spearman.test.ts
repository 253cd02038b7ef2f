import { expect, test } from 'vitest';
import { spearman } from '#math/spearman';

test('equal orders correlate with 1, opposite ones with -1', () => {
  expect(spearman([1, 2, 3], [10, 20, 90])).toBe(1);
  expect(spearman([1, 2, 3], [3, 2, 1])).toBe(-1);
});

test('ties share their average rank', () => {
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: covariance 4.5, variances 4.5 and 5.
  expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
});

test('without any order there is no correlation', () => {
  expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
});

test('lengths that differ are refused', () => {
  expect(() => spearman([1], [1, 2])).toThrow('Lengths differ: 1 and 2');
});
