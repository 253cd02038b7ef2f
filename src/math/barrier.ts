/**
 * The log-det barrier method (Boyd and Vandenberghe, Convex Optimization, chapter 11) for the programs of `sdp.ts`, in
 * float64: Newton's method on t c^T y - sum log det F_j(y) - sum log y_i - sum log(limit_i - y_i), for t that grows by
 * GROWTH until the duality gap is small. No npm package solves semidefinite programs in a browser, hence our own.
 */
import { cholesky, logDet, solveLower, solveUpper } from './cholesky';
import { dot } from './rows';
import { checkProgram, factors, type Program, SolverRefused } from './sdp';

/** Where the solver stands after a Newton step. */
export interface Iterate {
  /** Newton steps so far. */
  newton: number;
  /** c^T y: feasible at every step, hence an upper bound of the optimum. */
  rho: number;
  /** The best dual value so far: a lower bound of the optimum. -Infinity before the first centre. */
  lower: number;
  y: Float64Array;
  /** The gap is below the tolerance. */
  solved: boolean;
}

const GROWTH = 8;
/** Newton decrement below which a point counts as central. */
const CENTRED = 1e-9;
/** Below this decrement the function value no longer resolves progress, and any feasible step is taken. */
const TINY = 1e-6;
/** A decrement below this that no longer falls is rounding: the point is as central as float64 can tell. */
const STUCK = 1e-3;
const MOST_STEPS = 400;

const gain = (program: Program, y: Float64Array, L: readonly Float64Array[], t: number) => {
  let value = t * dot(program.cost, y);
  program.blocks.forEach(({ size }, j) => {
    value -= logDet(L[j] as Float64Array, size);
  });
  y.forEach((x, i) => {
    if (program.positive[i]) value -= Math.log(x);
    value -= Math.log((program.limit[i] as number) - x);
  });
  return value;
};

/** Gradient (without the cost's part) and Hessian of the barriers, from the products u_r^T F^-1 u_s. */
function derivatives({ blocks, positive, limit }: Program, y: Float64Array, L: readonly Float64Array[]) {
  const m = y.length;
  const gradient = new Float64Array(m);
  const hessian = new Float64Array(m * m);
  blocks.forEach(({ size, terms }, j) => {
    const solved = terms.map(({ vector }) => {
      const z = vector.slice();
      solveLower(L[j] as Float64Array, size, z);
      return z;
    });
    terms.forEach(({ variable: i, weight }, r) => {
      const zr = solved[r] as Float64Array;
      for (let s = 0; s <= r; s++) {
        const { variable: k, weight: ws } = terms[s] as (typeof terms)[number];
        const K = dot(zr, solved[s] as Float64Array);
        const h = weight * ws * K * K;
        hessian[i * m + k] = (hessian[i * m + k] as number) + h;
        if (s < r) hessian[k * m + i] = (hessian[k * m + i] as number) + h;
        else gradient[i] = (gradient[i] as number) - weight * K;
      }
    });
  });
  for (let i = 0; i < m; i++) {
    const above = 1 / ((limit[i] as number) - (y[i] as number));
    const below = positive[i] ? 1 / (y[i] as number) : 0;
    gradient[i] = (gradient[i] as number) - below + above;
    hessian[i * m + i] = (hessian[i * m + i] as number) + below * below + above * above;
  }
  return { gradient, hessian };
}

/** -H^-1 g, by a Cholesky factorisation of H scaled to a unit diagonal; the shift grows until it succeeds. */
function newtonStep(hessian: Float64Array, gradient: Float64Array): Float64Array {
  const m = gradient.length;
  const scale = gradient.map((_, i) => 1 / Math.sqrt(Math.max(hessian[i * m + i] as number, 1e-300)));
  for (let shift = 1e-14; shift < 1e-2; shift *= 100) {
    const H = hessian.map((h, at) => h * (scale[Math.floor(at / m)] as number) * (scale[at % m] as number));
    for (let i = 0; i < m; i++) H[i * m + i] = (H[i * m + i] as number) + shift;
    if (!cholesky(H, m)) continue;
    const step = gradient.map((g, i) => -g * (scale[i] as number));
    solveLower(H, m, step);
    solveUpper(H, m, step);
    return step.map((x, i) => x * (scale[i] as number));
  }
  throw new SolverRefused('badly scaled', 'The Newton equations are singular in float64: the program is badly scaled.');
}

/** Solves from the strictly feasible `start`, one Newton step per turn, until the gap is `tolerance` of the value. */
export function* barrier(
  program: Program,
  start: Float64Array,
  { tolerance = 1e-7 } = {},
): Generator<Iterate, void, void> {
  checkProgram(program);
  const { cost, blocks, positive } = program;
  let L = factors(program, start);
  if (!L) throw new SolverRefused('infeasible', 'The start is not strictly feasible.');
  /** Number of barriers: the gap at the centre of t is nu / t. */
  const nu = blocks.reduce((sum, { size }) => sum + size, 0) + positive.filter(Boolean).length + start.length;
  let y = start.slice();
  let t = nu / Math.max(Math.abs(dot(cost, y)), 1e-12);
  let lower = Number.NEGATIVE_INFINITY;
  /** The decrement of the step before, since t last grew. */
  let before = Number.POSITIVE_INFINITY;
  for (let newton = 1; newton <= MOST_STEPS; newton++) {
    const { gradient, hessian } = derivatives(program, y, L);
    const full = gradient.map((g, i) => g + t * (cost[i] as number));
    const step = newtonStep(hessian, full);
    const decrement = -dot(full, step);
    if (decrement < CENTRED || (decrement < STUCK && decrement > before / 4)) {
      before = Number.POSITIVE_INFINITY;
      // Z = (F^-1 - F^-1 dF F^-1) / t, dF the Newton step, satisfies the dual equations exactly and is positive definite,
      // since the decrement is below 1. Its gap to y is <F, Z>, summed over all barriers.
      lower = Math.max(lower, dot(cost, y) - (nu + dot(gradient, step)) / t);
      const rho = dot(cost, y);
      if (rho - lower < tolerance * Math.max(Math.abs(rho), 1e-9)) {
        yield { newton, rho, lower, y: y.slice(), solved: true };
        return;
      }
      yield { newton, rho, lower, y: y.slice(), solved: false };
      t *= GROWTH;
      continue;
    }
    before = decrement;
    const value = gain(program, y, L, t);
    let taken = false;
    for (let length = 1; length > 1e-12; length /= 2) {
      const next = y.map((x, i) => x + length * (step[i] as number));
      const there = factors(program, next);
      if (!there) continue;
      if (decrement > TINY && gain(program, next, there, t) > value - 1e-4 * length * decrement) continue;
      [y, L, taken] = [next, there, true];
      break;
    }
    if (!taken) {
      throw new SolverRefused('badly scaled', 'No step improves the barrier any more: the program is badly scaled.');
    }
    yield { newton, rho: dot(cost, y), lower, y: y.slice(), solved: false };
  }
}
