import { multiAxis } from '#nn/vision/multi-axis';
import type { Oracles } from '../../site/oracles';

/** Rows that can be reached from row 0 by windows of `block` and steps of `length / grid`. */
function reachedRows(length: number, block: number, grid: number): number {
  const seen = new Set([0]);
  for (const i of seen)
    for (let j = 0; j < length; j++)
      if (Math.floor(i / block) === Math.floor(j / block) || (i - j) % (length / grid) === 0) seen.add(j);
  return seen.size;
}

export const oracles: Oracles = {
  numbers: {
    parts: () => (128 / reachedRows(128, 8, 8)) ** 2,
    work: () => multiAxis.macs({ height: 256, width: 256, channels: 32 }, { block: 16, grid: 16, axes: 'both' }) / 1e9,
  },
  goals: { easier: { params: { period: 2 }, steps: 150 } },
};
