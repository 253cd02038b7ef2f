/** Networks whose Lipschitz constant is to be bounded, as plain float64 numbers; and what their activations do. */
import { add, combine, dot, identity, multiply, type Rows } from '#math/rows';

export const activationNames = ['relu', 'tanh', 'leaky-relu', 'maxmin', 'groupsort', 'householder', 'linear'] as const;
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
 * The derivative of the activation at `v` (one of them, at a kink) times `rows` [n, any]: for each group a permutation or a
 * reflection of its rows, for each entry a slope.
 */
export function through(a: Activation, v: Float64Array, rows: Rows): Rows {
  if (a.name === 'linear') return rows;
  if (a.group === 1) {
    const [low] = slopes(a);
    const slope = (x: number) => (a.name === 'tanh' ? 1 - Math.tanh(x) ** 2 : x > 0 ? 1 : low);
    return rows.map((row, i) => {
      const s = slope(v[i] as number);
      return row.map((x) => s * x);
    });
  }
  const moved: Float64Array[] = [];
  const [d] = directions(a).changed as [Float64Array];
  for (let at = 0; at < v.length; at += a.group) {
    const part = v.subarray(at, at + a.group);
    const group = rows.slice(at, at + a.group);
    if (a.name === 'householder') moved.push(...(dot(d, part) > 0 ? group : reflected(group, d)));
    else {
      const order = Array.from(part.keys()).sort((i, j) => (part[j] as number) - (part[i] as number));
      moved.push(...order.map((from) => group[from] as Float64Array));
    }
  }
  return moved;
}

/** (I - 2 d d^T) rows. */
export function reflected(rows: Rows, d: Float64Array): Float64Array[] {
  const along = combine(d, rows);
  return rows.map((row, i) => row.map((x, j) => x - 2 * (d[i] as number) * (along[j] as number)));
}

export function activate(a: Activation, v: Float64Array): Float64Array {
  if (a.name === 'linear') return v;
  if (a.name === 'tanh') return v.map(Math.tanh);
  if (a.group === 1) {
    const [low] = slopes(a);
    return v.map((x) => (x > 0 ? x : low * x));
  }
  const out = v.slice();
  const [d] = directions(a).changed as [Float64Array];
  for (let at = 0; at < out.length; at += a.group) {
    const group = out.subarray(at, at + a.group);
    if (a.name !== 'householder') group.sort().reverse();
    else {
      const along = dot(d, group);
      if (along <= 0)
        group.forEach((x, i) => {
          group[i] = x - 2 * along * (d[i] as number);
        });
    }
  }
  return out;
}

/** f(x) and its Jacobian [outputs, inputs] there. */
export function evaluate(network: Network, x: Float64Array): { value: Float64Array; jacobian: Rows } {
  let value = x;
  let jacobian: Rows = identity(x.length);
  for (const [k, { weight, bias, activation: a, residual }] of network.entries()) {
    const v = Float64Array.from(weight, (row, i) => dot(row, value) + (bias[i] as number));
    // The first product is with the identity, and most of the work where there are many inputs.
    const J = through(a, v, k === 0 ? weight : multiply(weight, jacobian));
    const out = activate(a, v);
    jacobian = residual ? add(J, jacobian) : J;
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
