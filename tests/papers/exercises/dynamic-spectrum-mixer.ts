import type { Oracles } from '../../site/oracles';

/** The least of (1 - w)² S + w² over a fine grid of gains, for σ = 1: the Wiener error without its formula. */
const leastError = (S: number) =>
  Math.min(...Array.from({ length: 3001 }, (_, i) => (1 - i / 3000) ** 2 * S + (i / 3000) ** 2));

/** Multiply-adds of a product of matrices [a, b] and [b, c], counted one by one. */
function counted(a: number, b: number, c: number): number {
  let count = 0;
  for (let i = 0; i < a; i++) for (let j = 0; j < b; j++) for (let k = 0; k < c; k++) count++;
  return count;
}

export const oracles: Oracles = {
  numbers: {
    disjoint: () => (leastError(2) + leastError(0)) / 2,
    cost: () => (768 * 2 * (counted(14, 14, 14) + counted(14, 14, 14))) / 1e6,
  },
  goals: { 'most-worth': { params: { noise: 0.4 }, steps: 400 } },
};
