/** A strictly feasible point of a program, or the reason why there is none: phase one of the barrier method. */
import { barrier } from './barrier';
import { identity } from './rows';
import { certify, checkProgram, type Program, SolverRefused } from './sdp';

/**
 * Minimises s subject to F_j(y) + s I >= 0 from `guess` until s < 0. Where even the dual value of that program stays
 * above 0, no y can satisfy the constraints, and {@link SolverRefused} says so.
 */
export function interior(program: Program, guess: Float64Array): Float64Array {
  checkProgram(program);
  if (certify(program, guess)) return guess;
  const m = guess.length;
  const eased: Program = {
    cost: Float64Array.from({ length: m + 1 }, (_, i) => (i === m ? 1 : 0)),
    positive: [...program.positive, false],
    limit: Float64Array.from([...program.limit, 1e9]),
    blocks: [
      ...program.blocks.map((block) => ({
        ...block,
        terms: [...block.terms, ...identity(block.size).map((vector) => ({ variable: m, weight: 1, vector }))],
      })),
      // s >= -1: the margin is bounded, since only its sign matters.
      {
        size: 1,
        constant: Float64Array.of(1),
        terms: [{ variable: m, weight: 1, vector: Float64Array.of(1) }],
      },
    ],
  };
  let start = Float64Array.from([...guess, 1]);
  while (!certify(eased, start) && (start[m] as number) < 1e8) start = start.with(m, 2 * (start[m] as number));
  for (const { y, lower } of barrier(eased, start, { tolerance: 1e-6 })) {
    const found = y.slice(0, m);
    if ((y[m] as number) < 0 && certify(program, found)) return found;
    if (lower > 1e-9) {
      throw new SolverRefused(
        'infeasible',
        `The program is infeasible: its constraints miss each other by at least ${lower.toExponential(2)} in the smallest eigenvalue.`,
      );
    }
  }
  throw new SolverRefused('infeasible', 'The program has no strictly feasible point within float64.');
}
