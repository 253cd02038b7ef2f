/**
 * Semidefinite programs whose matrices are sums of rank-one terms:
 *
 *   minimise c^T y  subject to  F_j(y) = C_j + sum_r w_r y_{v(r)} u_r u_r^T >= 0,  y_i >= 0 for some i,  y_i <= limit_i.
 *
 * Each multiplier of a Lipschitz bound touches few directions, so a list of vectors says it all, and the barrier needs
 * only the products u_r^T F^-1 u_s.
 */
import { cholesky } from './cholesky';

export interface Term {
  /** Which y it multiplies. */
  variable: number;
  weight: number;
  /** [size of the block] */
  vector: Float64Array;
}

export interface Block {
  size: number;
  /** C, symmetric, row-major [size, size]. */
  constant: Float64Array;
  terms: readonly Term[];
}

export interface Program {
  /** c, one per variable. */
  cost: Float64Array;
  /** Whether y_i has to be >= 0. */
  positive: readonly boolean[];
  /** A ceiling for each y; without one, a variable that nothing holds would run away along the barrier. */
  limit: Float64Array;
  blocks: readonly Block[];
}

export type Reason = 'infeasible' | 'badly scaled' | 'not finite';

/** A program that cannot be solved; the message says why. */
export class SolverRefused extends Error {
  override name = 'SolverRefused';
  constructor(
    readonly reason: Reason,
    message: string,
  ) {
    super(message);
  }
}

/** Non-zero data may differ by this factor; beyond it, float64 cannot tell a matrix from a singular one. */
const WIDEST = 1e12;

/** Throws {@link SolverRefused} where the numbers of `program` rule out a solution in float64. */
export function checkProgram({ blocks, cost }: Program): void {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  const look = (x: number, what: string) => {
    if (!Number.isFinite(x)) throw new SolverRefused('not finite', `The program is not finite: ${what} is ${x}.`);
    if (x === 0) return;
    least = Math.min(least, Math.abs(x));
    most = Math.max(most, Math.abs(x));
  };
  for (const c of cost) look(c, 'an entry of the cost');
  for (const [j, block] of blocks.entries()) {
    for (const x of block.constant) if (!Number.isFinite(x)) look(x, `an entry of block ${j + 1}`);
    for (const { vector, weight } of block.terms) {
      look(weight * vector.reduce((sum, x) => sum + x * x, 0), `a term of block ${j + 1}`);
    }
  }
  if (most / least > WIDEST) {
    throw new SolverRefused(
      'badly scaled',
      `The program is badly scaled: its terms run from ${least.toExponential(1)} to ${most.toExponential(1)}, more than float64 can hold apart. Rescale the weights.`,
    );
  }
}

/** F(y) of one block; only the lower triangle is filled. */
export function evaluate({ size: n, constant, terms }: Block, y: Float64Array): Float64Array {
  const F = constant.slice();
  for (const { variable, weight, vector: u } of terms) {
    const factor = weight * (y[variable] as number);
    for (let i = 0; i < n; i++) {
      const x = factor * (u[i] as number);
      if (x !== 0) for (let j = 0; j <= i; j++) F[i * n + j] = (F[i * n + j] as number) + x * (u[j] as number);
    }
  }
  return F;
}

/** Cholesky factors of all blocks at `y`; null where `y` is not strictly feasible. */
export function factors({ blocks, positive, limit }: Program, y: Float64Array): Float64Array[] | null {
  for (let i = 0; i < y.length; i++) {
    if ((positive[i] && (y[i] as number) <= 0) || (y[i] as number) >= (limit[i] as number)) return null;
  }
  const all: Float64Array[] = [];
  for (const block of blocks) {
    const F = evaluate(block, y);
    if (!cholesky(F, block.size)) return null;
    all.push(F);
  }
  return all;
}

/** Whether `y` satisfies every constraint, checked afresh by Cholesky factorisation in float64. */
export const certify = (program: Program, y: Float64Array): boolean => factors(program, y) !== null;
