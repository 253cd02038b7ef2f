import type { Oracles } from '../../site/oracles';

/** Expected loss of the step `eta` at `n` examples, for unit covariances. */
const loss = (eta: number, n: number, d: number, sigma: number) =>
  d - 2 * eta * n * d + eta ** 2 * n * d * (n + d + 1 + sigma ** 2);

export const oracles: Oracles = {
  numbers: { 'longer-prompts': () => loss(1 / (20 + 5 + 1 + 0.5 ** 2), 40, 5, 0.5) },
  goals: { 'much-data': { params: { examples: 40 }, steps: 1500 } },
};
