/** What the page's experiments compute, against counts by hand, brute force and least squares. */
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { loadPublic } from '#lab/node';
import { randomFrom } from '#lab/random';
import { startAny } from '#lab/run';
import { completeValues } from '#lab/values';
import { diagonals } from '../../content/papers/strip-mlp/diagonals/experiment';
import {
  missedByLines,
  TARGETS,
  type TargetName,
  targetMatrix,
} from '../../content/papers/strip-mlp/diagonals/targets';
import { sharing } from '../../content/papers/strip-mlp/sharing/experiment';
import {
  CHANNELS,
  LENGTH,
  leastError,
  meanShift,
  partners,
  SHARED,
  wholeShifts,
} from '../../content/papers/strip-mlp/sharing/law';
import { strip } from '../../content/papers/strip-mlp/strip/experiment';
import type { Frame } from '../../content/papers/strip-mlp/strip/mechanism';
import { othersReached, routesBetween } from '../../content/papers/strip-mlp/strip/reach';

/** What `experiment` shows after `steps`. */
async function shown(experiment: typeof strip | typeof sharing | typeof diagonals, given: object, steps = 0) {
  const run = await startAny(experiment as never, completeValues(experiment.params, given as never), loadPublic);
  try {
    if (steps > 0) await run.advance(steps);
    return (await run.frame()) as unknown;
  } finally {
    run.dispose();
  }
}
const layer = async (given: object) => (await shown(strip, given)) as Frame;
const counts = ({ boards }: Frame) => boards.map(({ cells }) => cells.filter((x) => x > 0).length);

describe('one row versus a strip', () => {
  test.each([
    [1, 8, 8],
    [3, 24, 16],
    [5, 40, 24],
  ])('K = %i: %i tokens in the middle, %i on the first row, and all 64 with the columns', async (k, middle, edge) => {
    for (const [row, expected] of [
      [4, middle],
      [1, edge],
    ] as const) {
      const [rows, both, , all] = counts(await layer({ strip: `${k}`, row }));
      expect([rows, both, all]).toEqual([expected, 64, 64]);
    }
    expect(othersReached(k, 8)).toBe(middle - 1);
  });

  test('LSMM’s kernels reach 3 x 7 and 7 x 3 around the output, less what lies outside; its re-weighting the rest', async () => {
    for (const [side, row, column] of [
      [14, 7, 7],
      [14, 1, 1],
      [8, 4, 5],
    ] as const) {
      let expected = 0;
      for (let r = 1; r <= side; r++)
        for (let c = 1; c <= side; c++) {
          const [down, right] = [Math.abs(r - row), Math.abs(c - column)];
          if ((down <= 1 && right <= 3) || (down <= 3 && right <= 1)) expected++;
        }
      const frame = await layer({ side, row, column });
      expect(counts(frame)[2]).toBe(expected);
      expect(frame.outside).toBe(side ** 2 - expected);
      expect(frame.leaking).toBe(frame.outside);
      expect(frame.leak).toBeLessThan(0.1);
    }
  });

  test('an output or an input beyond the map is moved to its last line', async () => {
    const frame = await layer({ side: 5, row: 14, column: 9, fromRow: 14, fromColumn: 1 });
    expect(frame.to).toEqual({ row: 4, column: 4 });
    expect(frame.from).toEqual({ row: 4, column: 0 });
  });

  test('routes are those that brute force finds', () => {
    const side = 6;
    const near = (a: number, b: number, k: number) => Math.abs(a - b) <= (k - 1) / 2;
    for (const k of [1, 3, 5])
      for (const [from, to] of [
        [
          { row: 0, column: 0 },
          { row: 5, column: 5 },
        ],
        [
          { row: 2, column: 3 },
          { row: 3, column: 3 },
        ],
        [
          { row: 5, column: 1 },
          { row: 1, column: 0 },
        ],
      ] as const) {
        const found: { row: number; column: number }[] = [];
        for (let row = 0; row < side; row++)
          for (let column = 0; column < side; column++)
            if (near(row, from.row, k) && near(column, to.column, k)) found.push({ row, column });
        expect(routesBetween(from, to, k, side)).toEqual(found);
      }
    expect(routesBetween({ row: 3, column: 0 }, { row: 0, column: 3 }, 5, 8)).toHaveLength(25);
    expect(routesBetween({ row: 0, column: 0 }, { row: 7, column: 7 }, 3, 8)).toHaveLength(4);
  });

  test('the weights of the routes add up to the gradient, at edges and with shared channels, too', async () => {
    for (const given of [
      { fromRow: 1, fromColumn: 8, row: 8, column: 1 },
      { strip: '5', patches: '8', channel: 5 },
      { strip: '1', patches: '4', channel: 8, seed: 3 },
    ]) {
      const { routeSum, gradient } = await layer(given);
      expect(Math.abs(routeSum / gradient - 1)).toBeLessThan(1e-4);
    }
  });

  test('channels that share their matrices show the same board, others do not', async () => {
    const board = async (channel: number) => (await layer({ patches: '2', channel })).boards[0]?.cells;
    const [first, partner, other] = [await board(1), await board(5), await board(2)];
    expect(partner).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

describe('share or not', () => {
  test('the law: 1 - 1/n for different shifts, nothing for equal ones, the mean of both groups in between', () => {
    const different = wholeShifts([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(SHARED.map((n) => leastError(different, n))).toEqual([0, 0.5, 0.75, 0.875]);
    expect(SHARED.map((n) => leastError(new Array(CHANNELS).fill(3), n))).toEqual([0, 0, 0, 0]);
    expect(leastError([0, 1, 0, 1, 2, 3, 2, 3], 4)).toBe(0.5);
    expect(partners(1, 4)).toEqual([1, 3, 5, 7]);
  });

  test('the law is the error of least squares on much data', () => {
    const shifts = [2, 0, 2, 5, 1, 0, 7, 5];
    const shared = 4;
    const channels = partners(0, shared);
    const lines = 3000;
    const x = randomFrom(9)('lines').normal(lines * shared * LENGTH, 0, 1);
    // The normal equations, added up over all lines and all channels of the group.
    const [normal, moment] = [Matrix.zeros(LENGTH, LENGTH), Matrix.zeros(LENGTH, LENGTH)];
    for (let line = 0; line < lines * shared; line++) {
      const shift = shifts[channels[line % shared] as number] as number;
      for (let i = 0; i < LENGTH; i++)
        for (let j = 0; j < LENGTH; j++) {
          const at = (k: number) => x[line * LENGTH + k] as number;
          normal.set(i, j, normal.get(i, j) + at(i) * at(j));
          moment.set(i, (j + shift) % LENGTH, moment.get(i, (j + shift) % LENGTH) + at(i) * at(j));
        }
    }
    const fitted = solve(normal, moment).to2DArray();
    const best = meanShift(shifts, channels);
    for (let i = 0; i < LENGTH; i++)
      for (let j = 0; j < LENGTH; j++)
        expect(Math.abs((fitted[i]?.[j] as number) - (best[i]?.[j] as number))).toBeLessThan(0.05);
    let missed = 0;
    for (let line = 0; line < lines * shared; line++) {
      const shift = shifts[channels[line % shared] as number] as number;
      for (let j = 0; j < LENGTH; j++) {
        let sum = 0;
        for (let i = 0; i < LENGTH; i++) sum += (x[line * LENGTH + i] as number) * (fitted[i]?.[j] as number);
        missed += (sum - (x[line * LENGTH + ((j - shift + LENGTH) % LENGTH)] as number)) ** 2;
      }
    }
    // One group of the two: the other has the shifts 0, 5, 0, 5.
    const group = 2 * leastError(shifts, shared) - 0.5;
    expect(missed / (lines * shared * LENGTH)).toBeCloseTo(group, 1);
  });

  test('training finds the mean of the shifts', async () => {
    const frame = (await shown(sharing, { shared: '8' }, 400)) as { learned: number[][] };
    // All eight shifts, 0 to 7, once each: an eighth where one of them leads, nothing elsewhere.
    frame.learned.forEach((row, from) => {
      row.forEach((entry, to) => {
        const expected = (to - from + LENGTH) % LENGTH <= 7 ? 1 / 8 : 0;
        expect(Math.abs(entry - expected)).toBeLessThan(0.06);
      });
    });
  });
});

describe('two diagonals at once', () => {
  test('targets add up neighbours, zero beyond the edges', () => {
    const matrix = targetMatrix('ring', 4);
    expect(matrix[5]?.filter((x) => x === 1)).toHaveLength(8);
    expect(matrix[0]?.filter((x) => x === 1)).toHaveLength(3);
    expect(targetMatrix('one', 3)[8]).toEqual(new Array(9).fill(0));
  });

  test.each([3, 4, 7])(
    'single lines miss nothing, half and nothing of one, two and four diagonals: side %i',
    (side) => {
      const missed = (name: TargetName) => missedByLines(targetMatrix(name, side), side);
      expect(missed('one')).toBeCloseTo(0, 10);
      expect(missed('two')).toBeCloseTo(0.5, 10);
      expect(missed('four')).toBeCloseTo(0, 10);
    },
  );

  test('the singular value is what alternating least squares finds', () => {
    const side = 4;
    const matrix = targetMatrix('ring', side);
    const power = matrix.flat().reduce((sum, x) => sum + x ** 2, 0);
    const at = (r: number, h: number, s: number, w: number) => matrix[r * side + s]?.[h * side + w] as number;
    const square = (f: (i: number, j: number) => number) =>
      Array.from({ length: side }, (_, i) => Array.from({ length: side }, (_u, j) => f(i, j)));
    const all = square((i, j) => i * side + j).flat();
    const pair = (k: number) => [Math.floor(k / side), k % side] as const;
    const total = (f: (a: number, b: number) => number) => all.reduce((sum, k) => sum + f(pair(k)[0], pair(k)[1]), 0);
    let columns = square((i, j) => 1 / (1 + i + 2 * j));
    let rows = square(() => 0);
    for (let turn = 0; turn < 200; turn++) {
      const size = total((i, j) => (columns[i]?.[j] as number) ** 2);
      rows = square((r, h) => total((s, w) => at(r, h, s, w) * (columns[s]?.[w] as number)) / size);
      const other = total((i, j) => (rows[i]?.[j] as number) ** 2);
      columns = square((s, w) => total((r, h) => at(r, h, s, w) * (rows[r]?.[h] as number)) / other);
    }
    let missed = 0;
    for (const i of all)
      for (const j of all) {
        const [[r, h], [s, w]] = [pair(i), pair(j)];
        missed += (at(r, h, s, w) - (rows[r]?.[h] as number) * (columns[s]?.[w] as number)) ** 2;
      }
    expect(missedByLines(matrix, side)).toBeCloseTo(missed / power, 8);
  });

  test.each(Object.keys(TARGETS) as TargetName[])('training comes down to that for %s', async (target) => {
    const frame = (await shown(diagonals, { target }, 1500)) as { errors: number[][]; least: number };
    expect(frame.errors[0]?.at(-1)).toBeGreaterThan(frame.least - 1e-5);
    expect(frame.errors[0]?.at(-1)).toBeLessThan(frame.least + 0.02);
    expect(frame.errors[1]?.at(-1)).toBeLessThan(0.02);
  });
});
