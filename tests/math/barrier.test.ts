import { describe, expect, test } from 'vitest';
import { barrier, type Iterate } from '#math/barrier';
import { cholesky, logDet, solveLower, solveUpper } from '#math/cholesky';
import { components } from '#math/components';
import { interior } from '#math/interior';
import { dot, identity, multiply, rowSumNorm, spectralNorm, withoutIdleInputs } from '#math/rows';
import { certify, type Program, SolverRefused } from '#math/sdp';

const vector = (...xs: number[]) => Float64Array.from(xs);

/** minimise rho subject to rho I - A >= 0: the largest eigenvalue of the symmetric A. */
const largestEigenvalue = (a: number[][]): Program => {
  const n = a.length;
  return {
    cost: vector(1),
    positive: [false],
    limit: vector(1e6),
    blocks: [
      {
        size: n,
        constant: Float64Array.from(a.flat(), (x) => -x),
        terms: identity(n).map((e) => ({ variable: 0, weight: 1, vector: e })),
      },
    ],
  };
};

const last = (program: Program, start: Float64Array): Iterate => {
  const all = [...barrier(program, start)];
  return all.at(-1) as Iterate;
};

const refusal = (work: () => unknown): SolverRefused => {
  try {
    work();
  } catch (error) {
    if (error instanceof SolverRefused) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
};

describe('Cholesky', () => {
  const a = [4, 2, 0.6, 2, 5, 1, 0.6, 1, 3];

  test('factorises, solves and gives the determinant', () => {
    const L = Float64Array.from(a);
    expect(cholesky(L, 3)).toBe(true);
    const x = vector(1, -2, 0.5);
    const b = vector(...[0, 1, 2].map((i) => dot(x, Float64Array.from(a.slice(3 * i, 3 * i + 3)))));
    solveLower(L, 3, b);
    solveUpper(L, 3, b);
    b.forEach((v, i) => {
      expect(v).toBeCloseTo(x[i] as number, 12);
    });
    // Expanded along the first row by hand.
    expect(Math.exp(logDet(L, 3))).toBeCloseTo(4 * 14 - 2 * (6 - 0.6) + 0.6 * (2 - 3), 10);
  });

  test('says no to what is not positive definite', () => {
    expect(cholesky(vector(1, 2, 2, 1), 2)).toBe(false);
    expect(cholesky(vector(0), 1)).toBe(false);
    expect(cholesky(vector(Number.NaN), 1)).toBe(false);
  });
});

describe('norms', () => {
  test('of matrices whose norms are known', () => {
    expect(spectralNorm([vector(3, 0), vector(0, -7)])).toBeCloseTo(7, 12);
    expect(spectralNorm([vector(3, 4)])).toBeCloseTo(5, 12);
    expect(spectralNorm([vector(0, 0)])).toBe(0);
    // [[1, 1], [0, 1]]: the golden ratio (its square solves s^2 - 3 s + 1 = 0).
    expect(spectralNorm([vector(1, 1), vector(0, 1)])).toBeCloseTo((1 + Math.sqrt(5)) / 2, 12);
    expect(rowSumNorm([vector(1, -2), vector(0.5, 0.5)])).toBe(3);
  });

  test('idle inputs are turned away without a change of W W^T', () => {
    const W = [vector(1, 2, 3, 4), vector(0, 1, -1, 2)];
    const R = withoutIdleInputs(W);
    const gram = (rows: Float64Array[]) => rows.flatMap((r) => rows.map((s) => dot(r, s)));
    expect(R[0]).toHaveLength(2);
    gram(R).forEach((x, i) => {
      expect(x).toBeCloseTo(gram(W)[i] as number, 10);
    });
  });
});

describe('the barrier method', () => {
  test('finds the largest eigenvalue of a symmetric matrix', () => {
    // 2, 2 +- sqrt 2: the path of three.
    const program = largestEigenvalue([
      [2, -1, 0],
      [-1, 2, -1],
      [0, -1, 2],
    ]);
    const { rho, lower, solved } = last(program, vector(10));
    expect(solved).toBe(true);
    expect(rho).toBeGreaterThanOrEqual(2 + Math.SQRT2);
    expect(rho - (2 + Math.SQRT2)).toBeLessThan(1e-6);
    expect(lower).toBeLessThanOrEqual(2 + Math.SQRT2 + 1e-9);
  });

  test('brackets the optimum by primal and dual, and every iterate is feasible', () => {
    const program = largestEigenvalue([
      [1, 2],
      [2, -3],
    ]);
    const optimum = -1 + Math.sqrt(8);
    for (const { y, rho, lower } of barrier(program, vector(50))) {
      expect(certify(program, y)).toBe(true);
      expect(rho).toBeGreaterThanOrEqual(optimum - 1e-12);
      expect(lower).toBeLessThanOrEqual(optimum + 1e-9);
    }
  });

  test('solves a linear program: matrices of one entry', () => {
    // minimise x + y with x + 2 y >= 2, 3 x + y >= 3, x, y >= 0: at x = 0.8, y = 0.6 (both rows tight).
    const row = (a: number, b: number, c: number) => ({
      size: 1,
      constant: vector(-c),
      terms: [
        { variable: 0, weight: a, vector: vector(1) },
        { variable: 1, weight: b, vector: vector(1) },
      ],
    });
    const program: Program = {
      cost: vector(1, 1),
      positive: [true, true],
      limit: vector(1e3, 1e3),
      blocks: [row(1, 2, 2), row(3, 1, 3)],
    };
    const { y, rho, lower } = last(program, vector(5, 5));
    expect(y[0]).toBeCloseTo(0.8, 5);
    expect(y[1]).toBeCloseTo(0.6, 5);
    expect(rho - lower).toBeLessThan(1e-6);
  });

  test('splits independent parts, with the same solution', () => {
    const program = largestEigenvalue([
      [2, 1, 0],
      [1, 2, 0],
      [0, 0, 1],
    ]);
    const blocks = program.blocks.flatMap(components);
    expect(blocks.map(({ size }) => size)).toEqual([2, 1]);
    expect(last({ ...program, blocks }, vector(9)).rho).toBeCloseTo(3, 5);
  });
});

describe('phase one', () => {
  test('finds a feasible point from one that is not', () => {
    const program = largestEigenvalue([
      [1, 2],
      [2, -3],
    ]);
    expect(certify(program, interior(program, vector(-10)))).toBe(true);
  });

  test('refuses an infeasible program with its reason', () => {
    // y - 1 >= 0 and -y - 1 >= 0.
    const one = (weight: number) => ({
      size: 1,
      constant: vector(-1),
      terms: [{ variable: 0, weight, vector: vector(1) }],
    });
    const program: Program = { cost: vector(1), positive: [false], limit: vector(1e6), blocks: [one(1), one(-1)] };
    const error = refusal(() => interior(program, vector(0)));
    expect(error.reason).toBe('infeasible');
    expect(error.message).toMatch(/^The program is infeasible: its constraints miss each other by at least \d/);
  });

  test('refuses what float64 cannot hold, and what is not finite', () => {
    const program = largestEigenvalue([[1]]);
    const stretched = {
      ...program,
      blocks: [
        ...program.blocks,
        { size: 1, constant: vector(1), terms: [{ variable: 0, weight: 1e-15, vector: vector(1) }] },
      ],
    };
    expect(refusal(() => last(stretched, vector(2))).reason).toBe('badly scaled');
    expect(refusal(() => last(largestEigenvalue([[Number.NaN]]), vector(2))).message).toBe(
      'The program is not finite: an entry of block 1 is NaN.',
    );
    expect(refusal(() => last(program, vector(0.5))).message).toBe('The start is not strictly feasible.');
  });
});

test('A B of two small matrices', () => {
  expect(multiply([vector(1, 2)], [vector(3, 4), vector(5, 6)])[0]).toEqual(vector(13, 16));
});
