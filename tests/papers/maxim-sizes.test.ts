import { expect, test } from 'vitest';
import { maximSize, published } from '../../content/papers/maxim/sizes';

/** Digit for digit what the official repository prints for one scale; the last two are of the evaluation's settings. */
const weights = {
  'S-1': 6_108_515,
  'S-2': 13_353_830,
  'S-3': 20_599_145,
  'M-1': 19_361_219,
  'M-2': 40_839_110,
  'M-3': 62_317_001,
  'MAXIM-2S': 14_176_178,
  'MAXIM-3S': 22_212_795,
};

test.each(published.map((p) => [p.name, p] as const))('%s has the published number of weights', (name, p) => {
  expect(maximSize(p.settings).weights).toBe(weights[name]);
});

test('one stage with three scales', () => {
  expect(maximSize({ features: 32, groups: 2, bottlenecks: 2, stages: 1, scales: 3 }).weights).toBe(6_139_561);
});

test.each(published.map((p) => [p.name, p] as const))('%s: weights stay, work grows with the pixels', (_, p) => {
  const [small, large] = [maximSize(p.settings, 256), maximSize(p.settings, 512)];
  expect(large.weights).toBe(small.weights);
  // All but the squeeze of channel attention, which works on one average per picture.
  expect(large.macs / small.macs).toBeCloseTo(4, 4);
});
