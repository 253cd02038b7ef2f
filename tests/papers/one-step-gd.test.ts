import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { drawPrompts, inAxes, type Task } from '../../content/papers/one-step-gd/task';
import { drawnTeacher, teacherMoments, teachers } from '../../content/papers/one-step-gd/teachers';
import { bestScalarStep, optimalMap, risk, stepOf } from '../../content/papers/one-step-gd/theory';
import { stepAnswers } from '../../content/papers/one-step-gd/training';

const isotropic = (d: number, n: number, noise: number): Task => {
  const ones = new Array<number>(d).fill(1);
  return { examples: n, noise, lambda: ones, gamma: ones };
};
const uneven = (gamma: (l: number) => number): Task => {
  const lambda = [4, 1, 0.25];
  return { examples: 20, noise: 0.5, lambda, gamma: lambda.map(gamma) };
};
const turned = (task: Task, degrees: number): Task => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return {
    ...task,
    axes: [
      [c, -s],
      [s, c],
    ],
  };
};

/** Brute force: the d x d map that fits the targets of many prompts best, by least squares on all products S_k x_j. */
function fittedMap(task: Task, prompts: number): number[][] {
  const d = task.lambda.length;
  const n = task.examples;
  const normal = Matrix.zeros(d * d, d * d);
  const moment = Matrix.zeros(d * d, 1);
  const { tokens, queries, targets } = drawPrompts(randomFrom(5)('brute'), task, prompts);
  for (let b = 0; b < prompts; b++) {
    const S = Array.from({ length: d }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const at = (b * n + i) * (d + 1);
        sum += (tokens[at + d] as number) * (tokens[at + j] as number);
      }
      return sum;
    });
    const features = S.flatMap((s) => Array.from({ length: d }, (_, k) => s * (queries[b * (d + 1) + k] as number)));
    for (let p = 0; p < d * d; p++) {
      moment.set(p, 0, moment.get(p, 0) + (features[p] as number) * (targets[b] as number));
      for (let q = 0; q < d * d; q++) {
        normal.set(p, q, normal.get(p, q) + (features[p] as number) * (features[q] as number));
      }
    }
  }
  const flat = solve(normal, moment).to1DArray();
  return Array.from({ length: d }, (_, i) => flat.slice(i * d, (i + 1) * d));
}

const distance = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
  Math.hypot(...a.flatMap((row, i) => row.map((x, j) => x - (b[i]?.[j] as number)))) / Math.hypot(...b.flat());

describe('the closed form', () => {
  test('isotropic: 1 / (n + d + 1 + sigma^2), and its loss', () => {
    const task = isotropic(5, 20, 0.5);
    const b = optimalMap(task);
    for (const entry of b) expect(entry).toBeCloseTo(1 / 26.25, 12);
    expect(risk(task, b)).toBeCloseTo((5 * 6.25) / 26.25, 12);
    expect(risk(task, [0, 0, 0, 0, 0])).toBe(5);
  });

  test('inverse prior: the inverse covariance times the same step; identity prior: less', () => {
    const step = 1 / 24.25;
    const inverse = optimalMap(uneven((l) => 1 / l));
    [step / 4, step, step * 4].forEach((b, i) => {
      expect(inverse[i]).toBeCloseTo(b, 12);
    });
    const identity = optimalMap(uneven(() => 1));
    [0.0111732, 0.0377358, 0.0930233].forEach((b, i) => {
      expect(identity[i]).toBeCloseTo(b, 7);
    });
    expect(
      stepOf(
        uneven(() => 1),
        inverse,
      ),
    ).toBeCloseTo(step, 12);
  });

  test('no other map is better: every direction of change raises the risk', () => {
    for (const task of [
      isotropic(3, 8, 1),
      uneven((l) => 1 / l),
      uneven(() => 1),
      { ...isotropic(4, 20, 0.25), teacher: teachers.relu },
    ]) {
      const b = optimalMap(task);
      const best = risk(task, b);
      for (const [i] of b.entries()) {
        for (const change of [0.9, 0.99, 1.01, 1.1]) {
          expect(
            risk(
              task,
              b.map((x, j) => (i === j ? x * change : x)),
            ),
          ).toBeGreaterThan(best);
        }
      }
    }
  });

  test('the best single step lies on a parabola with its vertex there', () => {
    const task = uneven(() => 1);
    const eta = bestScalarStep(task);
    const at = (e: number) => risk(task, [e, e, e]);
    expect((at(eta * 1.001) - at(eta * 0.999)) / eta).toBeCloseTo(0, 6);
    expect(at(eta)).toBeGreaterThan(risk(task, optimalMap(task)));
  });

  test('trained at 20 examples and used at 40, the step errs more than no better step would', () => {
    const longer = isotropic(5, 40, 0.5);
    expect(risk(longer, new Array(5).fill(1 / 26.25))).toBeCloseTo(3.186, 3);
    expect(risk(longer, optimalMap(longer))).toBeCloseTo(0.676, 3);
  });

  test.each([
    ['isotropic', isotropic(3, 10, 0.5)],
    ['inverse prior, turned', turned({ examples: 10, noise: 0.5, lambda: [4, 0.5], gamma: [0.25, 2] }, 30)],
    ['identity prior, turned', turned({ examples: 10, noise: 0.5, lambda: [4, 0.5], gamma: [1, 1] }, 70)],
    ['relu', { ...isotropic(3, 10, 0.25), teacher: teachers.relu }],
    ['sign', { ...isotropic(3, 10, 0.25), teacher: teachers.sign }],
    ['cube, uneven inputs', { ...isotropic(2, 10, 0.25), lambda: [2, 0.5], gamma: [0.5, 2], teacher: teachers.cube }],
  ] as [string, Task][])('agrees with brute-force least squares over 60,000 prompts: %s', (_, task) => {
    expect(distance(fittedMap(task, 60_000), inAxes(task, optimalMap(task)))).toBeLessThan(0.06);
  });

  test.each([
    ['isotropic', isotropic(5, 20, 0.5), 1],
    ['too long a step', isotropic(2, 10, 0.5), 1.5],
    ['identity prior, turned', turned({ examples: 10, noise: 0.5, lambda: [4, 0.5], gamma: [1, 1] }, 70), 0.7],
    ['sine', { ...isotropic(3, 10, 0.25), teacher: teachers.sine }, 1],
  ] as [string, Task, number][])(
    'its risk is the mean squared error of 40,000 simulated prompts: %s',
    (_, task, factor) => {
      const b = optimalMap(task).map((x) => factor * x);
      const prompts = drawPrompts(randomFrom(2)('risk'), task, 40_000);
      const answers = stepAnswers(prompts, task.examples, inAxes(task, b));
      const squares = answers.map((a, i) => (a - (prompts.targets[i] as number)) ** 2);
      const mean = squares.reduce((sum, s) => sum + s, 0) / squares.length;
      const deviation = Math.sqrt(squares.reduce((sum, s) => sum + (s - mean) ** 2, 0) / squares.length);
      expect(Math.abs(mean - risk(task, b))).toBeLessThan((4 * deviation) / Math.sqrt(squares.length));
    },
  );
});

describe('moments of nonlinear teachers', () => {
  const e = Math.exp;
  test.each([
    ['relu', 1 / 4, (4 + 2) / 2],
    ['cube', 1, (105 + 15 * 3) / 9],
    ['sine', 4 * e(-4), (1 + 15 * e(-8)) / 2 + (3 * (1 - e(-8))) / 2],
    ['sign', 2 / Math.PI, 4],
    ['even', 0, 10 + 2 * 3],
  ] as const)('%s: quadrature meets the closed forms at d = 4', (name, linear, weighted) => {
    const moments = teacherMoments(teachers[name], 4);
    expect(moments.linear).toBeCloseTo(linear, 5);
    expect(moments.weighted).toBeCloseTo(weighted, 4);
  });

  test.each([
    ['relu', 0.03125],
    ['cube', 0.02784],
    ['sine', 0.0201],
    ['sign', 0.03895],
    ['even', 0],
  ] as const)('%s: the step at d = 4, n = 20, sigma = 0.25', (name, eta) => {
    const task = { ...isotropic(4, 20, 0.25), teacher: teachers[name] };
    expect(stepOf(task, optimalMap(task))).toBeCloseTo(eta, 5);
  });

  test('a drawn straight line is a linear teacher within its reach', () => {
    const drawn = drawnTeacher([-3, 3]);
    for (const z of [-2.5, 0, 1.25]) expect(drawn(z)).toBeCloseTo(z, 12);
    expect([drawn(9), drawn(-9)]).toEqual([3, -3]);
  });
});
