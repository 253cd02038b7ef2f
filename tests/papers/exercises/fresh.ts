import { type Oracles, summaryOf } from '../../site/oracles';

const first = (heights: readonly number[]) => [...heights, ...new Array<number>(16 - heights.length).fill(0)];
const stepsTo = (share: number, a: number, eta: number) => Math.ceil(Math.log(share) / Math.log(1 - eta * a ** 2));

export const oracles: Oracles = {
  numbers: {
    reach: () => (30 * 0.5 * 2) / (2 * Math.PI),
    carry: async () =>
      (await summaryOf('fresh/by-hand', { u: first([1, 1, 1, 1]), v: first([1]) })).wasserstein ?? Number.NaN,
    pace: () => stepsTo(0.01, 0.1, 0.5),
  },
  goals: {
    louder: { params: { amplitudes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.2, 0, 2, 0, 0, 0, 0] }, steps: 1500 },
    invisible: { params: { a: 3, b: -5 }, steps: 0 },
  },
};
