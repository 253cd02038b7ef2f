/**
 * The optimum of one linear self-attention layer in closed form. Every best layer computes u . x_q with u = B S and
 * S = sum_i y_i x_i: one gradient step from zero, with B as step size or preconditioner.
 */
import type { Task } from './task';
import { teacherMoments } from './teachers';

const sum = (xs: readonly number[]) => xs.reduce((total, x) => total + x, 0);

/** Loss as a quadratic in each diagonal entry b_i of B: sum_i (constant - 2 pull_i b_i + curvature_i b_i^2). */
interface Quadratic {
  constant: number;
  pull: number[];
  curvature: number[];
}

/**
 * Linear teachers: E[w S^T] = n Gamma Lambda and E[S S^T] = n((n + 1) Lambda Gamma Lambda + t Lambda) with
 * t = tr(Lambda Gamma) + sigma^2, from the fourth moment of Gaussians. Nonlinear ones are rotation-invariant in whitened
 * coordinates, so there all directions share one quadratic.
 */
function quadratic({ examples: n, noise, lambda, gamma, teacher }: Task): Quadratic {
  const d = lambda.length;
  if (teacher) {
    const { linear, power, weighted } = teacherMoments(teacher, d);
    const squared = n * (weighted + noise * noise * d) + n * (n - 1) * linear;
    return {
      constant: power,
      pull: lambda.map((l) => (n * linear * l) / d),
      curvature: lambda.map((l) => (squared * l * l) / d),
    };
  }
  const products = lambda.map((l, i) => l * (gamma[i] as number));
  const t = sum(products) + noise * noise;
  return {
    constant: sum(products),
    pull: lambda.map((l, i) => n * l * (products[i] as number)),
    curvature: lambda.map((l, i) => n * l * l * ((n + 1) * (products[i] as number) + t)),
  };
}

/** The diagonal of the best B in the task's axes. Isotropic: 1 / (n + d + 1 + sigma^2) everywhere. */
export function optimalMap(task: Task): number[] {
  const { pull, curvature } = quadratic(task);
  return pull.map((p, i) => p / (curvature[i] as number));
}

/** Expected squared error of the answer (without query noise) for a B that is diagonal in the task's axes. */
export function risk(task: Task, b: readonly number[]): number {
  const { constant, pull, curvature } = quadratic(task);
  return constant + sum(b.map((x, i) => x * x * (curvature[i] as number) - 2 * x * (pull[i] as number)));
}

/** The step in whitened coordinates, tr(Lambda B) / d: what the isotropic theorem calls eta. */
export const stepOf = ({ lambda }: Pick<Task, 'lambda'>, b: readonly number[]): number =>
  sum(b.map((x, i) => x * (lambda[i] as number))) / lambda.length;

/** The best single step size eta, B = eta I: plain gradient descent without a preconditioner. */
export function bestScalarStep(task: Task): number {
  const { pull, curvature } = quadratic(task);
  return sum(pull) / sum(curvature);
}
