/** The published networks, counted: against the rounded figures of their repository and numbers counted elsewhere. */
import { describe, expect, test } from 'vitest';
import { blockCost, networkCost, patchesOf, published, stripCost } from '../../content/papers/strip-mlp/sizes';

/** Counted apart from this code. */
const counted = [18_243_920, 24_903_920, 42_568_600, 57_216_480];
const billions = [2.519, 3.648, 6.803, 9.185];

describe.each(published.map((network, i) => [network.name, network, i] as const))('%s', (_, network, i) => {
  const cost = networkCost(network);

  test('has exactly as many weights as the official network', () => {
    expect(cost.weights).toBe(counted[i]);
  });

  test('takes as many multiply-adds', () => {
    expect(Number((cost.macs / 1e9).toFixed(3))).toBe(billions[i]);
  });

  test('rounds to what the repository prints', () => {
    expect(Math.round(cost.weights / 1e6)).toBe(network.printed.weights);
    expect(Math.abs(cost.macs / 1e9 - network.printed.flops)).toBeLessThan(0.06);
  });
});

test('strip layers hold ever fewer of a block’s weights', () => {
  const stages = [56, 28, 14, 7].map((side, i) => [80 * 2 ** i, side] as const);
  expect(stages.map(([channels, side]) => stripCost(channels, side).weights)).toEqual([
    378_560, 190_400, 96_320, 49_280,
  ]);
  expect(blockCost(80, 56).weights).toBe(456_300);
  expect(blockCost(640, 7).weights).toBe(4_013_280);
});

test('patches by the rule of the code', () => {
  expect([80, 160, 640, 96, 112, 896].map(patchesOf)).toEqual([2, 2, 2, 4, 4, 4]);
});
