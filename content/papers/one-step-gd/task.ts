/**
 * What the layer is trained on: prompts of n labelled points and a query. In the axes of the covariance everything is
 * diagonal, so a task is three lists of numbers and a rotation.
 */
import type { Stream } from '#lab/random';
import type { Teacher } from './teachers';

export interface Task {
  /** n, labelled points of a prompt. */
  examples: number;
  /** sigma, standard deviation of the noise on the labels. */
  noise: number;
  /** Eigenvalues of Lambda, the covariance of the inputs; d of them, all > 0. */
  lambda: readonly number[];
  /** Eigenvalues of Gamma, the covariance of the weight vector w, in the same axes. */
  gamma: readonly number[];
  /** Columns are the axes; the identity if left out. */
  axes?: readonly (readonly number[])[];
  /** y = teacher(Lambda^(-1/2) x) instead of y = w . x. */
  teacher?: Teacher;
}

/** A batch of prompts, flat and row-major. */
export interface Prompts {
  /** [batch, n, d + 1]: tokens [x_i; y_i]. */
  tokens: Float32Array;
  /** [batch, d + 1]: query tokens [x_q; 0]. */
  queries: Float32Array;
  /** [batch]: the noiseless answer at the query. */
  targets: Float32Array;
  /** [batch, d]: the weight vector of each prompt; empty for a nonlinear teacher. */
  weights: Float32Array;
}

/** diag(values) in the axes of the task, as rows: R diag(values) R^T, [d][d]. */
export function inAxes({ axes }: Pick<Task, 'axes'>, values: readonly number[]): number[][] {
  return values.map((_, i) =>
    values.map((_v, j) =>
      axes
        ? values.reduce((sum, v, k) => sum + (axes[i]?.[k] as number) * v * (axes[j]?.[k] as number), 0)
        : i === j
          ? (values[i] as number)
          : 0,
    ),
  );
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** Draws `batch` fresh prompts from the task's distribution. */
export function drawPrompts(stream: Stream, task: Task, batch: number): Prompts {
  const { examples: n, noise, lambda, gamma, teacher } = task;
  const d = lambda.length;
  const root = inAxes(task, lambda.map(Math.sqrt));
  const prior = inAxes(task, gamma.map(Math.sqrt));
  const tokens = new Float32Array(batch * n * (d + 1));
  const queries = new Float32Array(batch * (d + 1));
  const targets = new Float32Array(batch);
  const weights = new Float32Array(teacher ? 0 : batch * d);
  for (let b = 0; b < batch; b++) {
    const white = stream.normal((n + 1) * d, 0, 1);
    const epsilon = stream.normal(n, 0, noise);
    const hidden = stream.normal(d, 0, 1);
    const w = prior.map((row) => dot(row, hidden));
    if (!teacher) weights.set(w, b * d);
    const norm = Math.hypot(...hidden);
    const direction = hidden.map((h) => h / norm);
    const sign = teacher && stream.next() < 0.5 ? -1 : 1;
    for (let i = 0; i <= n; i++) {
      const z = white.subarray(i * d, (i + 1) * d);
      const x = root.map((row) => dot(row, z));
      const y = teacher ? sign * teacher(dot(direction, z)) : dot(w, x);
      if (i < n) {
        tokens.set(x, (b * n + i) * (d + 1));
        tokens[(b * n + i) * (d + 1) + d] = y + (epsilon[i] as number);
      } else {
        queries.set(x, b * (d + 1));
        targets[b] = y;
      }
    }
  }
  return { tokens, queries, targets, weights };
}
