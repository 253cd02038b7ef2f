/** The theorem of connected parts against a search through the pixels, and cross-gating against plain loops. */
import { describe, expect, test } from 'vitest';
import { multiAxis } from '#nn/vision/multi-axis';
import { parts, partsPerAxis, reachOfOne } from '../../content/papers/maxim/connectivity';

/** Parts that a flood finds, by the neighbours that `linked` names. */
function flooded(count: number, linked: (from: number) => number[]): number {
  const seen = new Uint8Array(count);
  let found = 0;
  for (let start = 0; start < count; start++) {
    if (seen[start]) continue;
    found++;
    const open = [start];
    seen[start] = 1;
    while (open.length > 0)
      for (const next of linked(open.pop() as number))
        if (!seen[next]) {
          seen[next] = 1;
          open.push(next);
        }
  }
  return found;
}

const onAxis = (length: number, block: number, grid: number) => {
  const stride = length / grid;
  const all = Array.from({ length }, (_, i) => i);
  return flooded(length, (i) =>
    all.filter((j) => Math.floor(i / block) === Math.floor(j / block) || i % stride === j % stride),
  );
};

const divisors = (n: number) => Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);

describe('connected parts', () => {
  test('along an axis, every length to 96 with all windows that tile it', () => {
    let cases = 0;
    for (let length = 1; length <= 96; length++)
      for (const block of divisors(length))
        for (const grid of divisors(length)) {
          cases++;
          expect(partsPerAxis(length, block, grid), `${length}, ${block}, ${grid}`).toBe(onAxis(length, block, grid));
        }
    expect(cases).toBeGreaterThan(2500);
  });

  test.each([
    [8, 4, 4, 1],
    [16, 4, 4, 1],
    [16, 2, 4, 4],
    [8, 2, 2, 4],
    [32, 4, 4, 4],
    [12, 2, 4, 1],
    [12, 4, 4, 1],
  ])('of a map of side %i with b = %i and g = %i: %i, by the reach of the real block', (side, block, grid, count) => {
    const map = { height: side, width: side, channels: 1 };
    const reach = multiAxis.reach(map, { block, grid, axes: 'both' });
    const n = side ** 2;
    const linked = (from: number) => Array.from({ length: n }, (_, to) => to).filter((to) => reach[to * n + from]);
    expect(flooded(n, linked)).toBe(count);
    expect(parts(map, block, grid)).toBe(count);
  });

  test('at the sizes that the published network meets', () => {
    expect([256, 512, 768, 1280].map((side) => partsPerAxis(side, 16, 16))).toEqual([1, 2, 3, 5]);
    expect(parts({ height: 768, width: 1280 }, 16, 16)).toBe(15);
    expect(reachOfOne(16, 16)).toBe(511);
  });
});
