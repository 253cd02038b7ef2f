/** What is known of MS-MLP's operator without computing it: its reach, its groups, its costs. */
import { describe, expect, test } from 'vitest';
import { type ContenderName, contenders, factsOf } from '#nn/vision/contenders';
import { chunkSizes, type MixShiftOptions, mixShift } from '#nn/vision/mix-shift';
import type { TokenMap } from '#nn/vision/operator';

const map: TokenMap = { height: 9, width: 6, channels: 18 };
const optionsOf = (name: ContenderName) => contenders[name].options as MixShiftOptions;
const paper = optionsOf('mix-shift');

describe('reach', () => {
  /** Tokens that each token depends on after so many blocks, smallest and largest number over the board. */
  const range = (name: ContenderName, n: number, depth: number, options = optionsOf(name)) => {
    const one = mixShift.reach({ height: n, width: n, channels: 20 }, options);
    const sources = Array.from({ length: n * n }, (_, to) =>
      Array.from({ length: n * n }, (_unused, from) => from).filter((from) => one[to * n * n + from] === 1),
    );
    const counts = sources.map((_, to) => {
      let reached = new Set([to]);
      for (let l = 0; l < depth; l++) reached = new Set([...reached].flatMap((t) => sources[t] as number[]));
      return reached.size;
    });
    return [Math.min(...counts), Math.max(...counts)];
  };

  test('is 73 tokens for the first stage, 49 for mixing and 9 for shifting alone', () => {
    expect(range('mix-shift', 14, 1)).toEqual([28, 73]);
    expect(range('mix', 14, 1)[1]).toBe(49);
    expect(range('shift', 14, 1)).toEqual([9, 9]);
  });

  test('is 73, 76 and 91 tokens in the later stages', () => {
    for (const [kernels, size] of [
      [[1, 3, 3, 5, 7], 73],
      [[1, 5, 5, 5, 7], 76],
      [[1, 7, 7, 7, 7], 91],
    ] as const) {
      expect(range('mix-shift', 16, 1, { ...paper, kernels })[1]).toBe(size);
    }
  });

  test('grows with the blocks', () => {
    expect(range('mix-shift', 8, 1)).toEqual([28, 62]);
    expect(range('mix-shift', 8, 2)).toEqual([64, 64]);
    expect(range('mix-shift', 14, 2)).toEqual([149, 196]);
    expect(range('mix-shift', 14, 3)).toEqual([196, 196]);
    expect(range('mix-shift', 28, 1)).toEqual([28, 73]);
    expect(range('mix-shift', 28, 2)).toEqual([151, 265]);
  });
});

test('groups are cut as by torch.chunk, and a map whose last groups would vanish is refused', () => {
  expect(chunkSizes(96, 5)).toEqual([20, 20, 20, 20, 16]);
  expect(chunkSizes(128, 5)).toEqual([26, 26, 26, 26, 24]);
  expect(chunkSizes(16, 5)).toEqual([4, 4, 4, 4]);
  const facts = factsOf(contenders['mix-shift']);
  expect(facts.refuses({ height: 8, width: 8, channels: 16 })).toMatch(/4 groups/);
  expect(facts.refuses({ height: 8, width: 8, channels: 96 })).toBeNull();
  expect(mixShift.refuses(map, { shifts: [0], kernels: [2] })).toMatch(/odd/);
  expect(mixShift.refuses(map, { shifts: [0], kernels: [1, 3] })).toMatch(/one shift/);
});

test('costs do not depend on the map per token, and mixing is 3,008 of 76,736 multiply-adds for 96 channels', () => {
  const facts = factsOf(contenders['mix-shift']);
  const on = (side: number) => ({ height: side, width: side, channels: 96 });
  expect(facts.weights(on(56))).toBe(facts.weights(on(7)));
  expect(facts.macs(on(1))).toBe(3008);
  expect(facts.macs(on(1)) + 8 * 96 ** 2).toBe(76_736);
  expect(facts.macs(on(28))).toBe(4 * facts.macs(on(14)));
});
