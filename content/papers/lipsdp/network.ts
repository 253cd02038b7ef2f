/** Networks whose Lipschitz constant is to be bounded, as plain float64 numbers; and what their activations do. */
import { combine, dot, identity, type Rows } from '#math/rows';

export const activationNames = [
  'relu',
  'tanh',
  'leaky-relu',
  'maxmin',
  'groupsort',
  'householder',
  'linear',
] as const;
export type ActivationName = (typeof activationNames)[number];

export interface Activation {
  name: ActivationName;
  /** Leaky ReLU only: its slope for negative inputs, in [0, 1). */
  slope: number;
  /** Entries per group; 1 for what acts entry by entry. */
  group: number;
  /** Householder only: the angle of v = (cos, sin), in radians. MaxMin is the angle -pi/4. */
  angle: number;
}

export interface Layer {
  /** W [outputs, inputs] */
  weight: Rows;
  /** [outputs] */
  bias: Float64Array;
  activation: Activation;
  /** x + phi(W x + b) instead of phi(W x + b). */
  residual: boolean;
}

export type Network = readonly Layer[];

export const activation = (
  name: ActivationName,
  { slope = 0.1, group = 4, angle = -Math.PI / 4 }: Partial<Omit<Activation, 'name'>> = {},
): Activation => ({
  name,
  slope,
  angle,
  group: name === 'groupsort' ? group : name === 'maxmin' || name === 'householder' ? 2 : 1,
});

/** Acts on each entry by itself, with slopes between two bounds. */
export const entrywise = ({ name }: Activation): boolean => ['relu', 'tanh', 'leaky-relu'].includes(name);

/** [alpha, beta]: between which slopes an entrywise activation stays. */
export const slopes = ({ name, slope }: Activation): [number, number] => [name === 'leaky-relu' ? slope : 0, 1];

/**
 * An orthonormal basis of one group: directions that the activation may change, and directions that it keeps. Sorting
 * keeps the sum; a Householder activation keeps all that is orthogonal to v.
 */
export function directions({ name, group, angle }: Activation): { changed: Float64Array[]; kept: Float64Array[] } {
  if (name === 'householder') {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return { changed: [Float64Array.of(c, s)], kept: [Float64Array.of(-s, c)] };
  }
  // Helmert's basis: (1, …, 1, -k, 0, …) is orthogonal to the sum and to all earlier ones.
  const changed = Array.from({ length: group - 1 }, (_, i) => {
    const k = i + 1;
    const norm = Math.sqrt(k * (k + 1));
    return Float64Array.from({ length: group }, (_unused, j) => (j < k ? 1 : j === k ? -k : 0) / norm);
  });
  return { changed, kept: [new Float64Array(group).fill(1 / Math.sqrt(group))] };
}

/**
 * The derivative of the activation at `v` (one of them, at a kink), as a square matrix [n, n]: for each group a
 * permutation or a reflection, for each entry a slope.
 */
export function derivative(a: Activation, v: Float64Array): Float64Array[] {
  const rows = identity(v.length);
  const scale = (i: number, factor: number) => {
    (rows[i] as Float64Array)[i] = factor;
  };
  v.forEach((x, i) => {
    if (a.name === 'relu') scale(i, x > 0 ? 1 : 0);
    if (a.name === 'leaky-relu') scale(i, x > 0 ? 1 : a.slope);
    if (a.name === 'tanh') scale(i, 1 - Math.tanh(x) ** 2);
  });
  if (a.group === 1) return rows;
  for (let at = 0; at < v.length; at += a.group) {
    const part = v.subarray(at, at + a.group);
    if (a.name === 'householder') {
      const [d] = directions(a).changed as [Float64Array];
      if (dot(d, part) <= 0) reflect(rows, at, d);
      continue;
    }
    const order = Array.from(part.keys()).sort((i, j) => (part[j] as number) - (part[i] as number));
    order.forEach((from, to) => {
      rows[at + to] = (identity(v.length)[at + from] as Float64Array).slice();
    });
  }
  return rows;
}

/** Replaces the rows from `at` by those of I - 2 d d^T. */
export function reflect(rows: Float64Array[], at: number, d: Float64Array): void {
  d.forEach((x, i) => {
    d.forEach((y, j) => {
      (rows[at + i] as Float64Array)[at + j] = (i === j ? 1 : 0) - 2 * x * y;
    });
  });
}

export function activate(a: Activation, v: Float64Array): Float64Array {
  if (a.name === 'tanh') return v.map(Math.tanh);
  if (a.name === 'linear') return v;
  // All others are linear on pieces, and 0 at 0.
  return Float64Array.from(derivative(a, v), (row) => dot(row, v));
}

/** f(x) and its Jacobian [outputs, inputs] there. */
export function evaluate(network: Network, x: Float64Array): { value: Float64Array; jacobian: Float64Array[] } {
  let value = x;
  let jacobian = identity(x.length);
  for (const { weight, bias, activation: a, residual } of network) {
    const v = Float64Array.from(weight, (row, i) => dot(row, value) + (bias[i] as number));
    const D = a.name === 'linear' ? identity(v.length) : derivative(a, v);
    const through = D.map((row) => combine(row, weight.map((w) => combine(w, jacobian))));
    const out = activate(a, v);
    jacobian = residual
      ? through.map((row, i) => row.map((g, j) => g + ((jacobian[i] as Float64Array)[j] as number)))
      : through;
    value = residual ? out.map((o, i) => o + (value[i] as number)) : out;
  }
  return { value, jacobian };
}

/** Layers without biases, all with the activation `a` but the last, which is linear. */
export const fromWeights = (weights: readonly Rows[], a: Activation): Network =>
  weights.map((weight, k) => ({
    weight,
    bias: new Float64Array(weight.length),
    activation: k < weights.length - 1 ? a : activation('linear'),
    residual: false,
  }));
