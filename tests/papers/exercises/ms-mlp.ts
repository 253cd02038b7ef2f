import type { Oracles } from '../../site/oracles';

/** Tokens in the union of squares of the given sides around (0, -s) and (-s, 0), by trying every token near by. */
function union(shifts: readonly number[], kernels: readonly number[]): number {
  let count = 0;
  for (let i = -30; i <= 30; i++) {
    for (let j = -30; j <= 30; j++) {
      const inside = (a: number, b: number, k: number) => Math.max(Math.abs(a), Math.abs(b)) <= (k - 1) / 2;
      if (shifts.some((s, g) => inside(i, j + s, kernels[g] as number) || inside(i + s, j, kernels[g] as number)))
        count++;
    }
  }
  return count;
}

export const oracles: Oracles = {
  numbers: {
    union: () => union([-2, -1, 0, 1, 2], [3, 3, 3, 3, 3]),
    // Roll a row that holds its own column numbers, one step at a time.
    wrap: () => {
      const row = [0, 1, 2, 3, 4, 5, 6, 7];
      for (let step = 0; step < 2; step++) row.unshift(row.pop() as number);
      return row[0] as number;
    },
    'late-share': () => {
      // Channel by channel: which group it is in, and what that costs.
      let mixing = 0;
      for (let c = 0; c < 768; c++) mixing += 2 * ([1, 7, 7, 7, 7][Math.floor(c / Math.ceil(768 / 5))] as number) ** 2;
      return (100 * mixing) / (mixing + 2 * 768 * 4 * 768);
    },
  },
  goals: {
    spread: { params: { setting: 'own', shifts: [1, -1, -3, 4, 10] }, steps: 0 },
  },
};
