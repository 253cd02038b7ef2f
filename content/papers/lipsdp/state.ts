/**
 * The increments of a network as linear maps of one *state*: the input's increment and, layer by layer, whatever the
 * activation leaves open. On these maps each activation puts its quadratic constraints.
 *
 * Signs: a constraint says form >= 0; a term here is -form, which the matrix F of the program adds up (paper,
 * feed-forward theorem; its official code, LipschitzEstimation*.m).
 */
import { add, combine, identity, multiply, type Rows } from '#math/rows';
import { type Activation, directions, entrywise, type Network, slopes } from './network';

export const variants = ['t', 'ps', 'relu-rewriting', 'neuron', 'layer'] as const;
/**
 * Which constraints are used. For groups: T only, with P and S, or MaxMin rewritten as a residual ReLU block. For
 * entrywise activations: one multiplier per neuron or one per layer.
 */
export type Variant = (typeof variants)[number];

/** A multiplier of quadratic constraints, with its terms weight (u^T state)^2. */
export interface Multiplier {
  layer: number;
  positive: boolean;
  /** Times the level of its layer, the value at which the program is feasible from the norms alone. */
  start: number;
  terms: { weight: number; vector: Float64Array }[];
}

export interface State {
  /** Length of the state. The first entries are the input. */
  size: number;
  /** The output's increment, as rows over the state. */
  output: Float64Array[];
  multipliers: Multiplier[];
}

/** Entries that the activation adds to the state, per group. */
const open = (a: Activation, variant: Variant): number => {
  if (a.name === 'linear') return 0;
  return variant === 'ps' && a.group > 1 ? directions(a).changed.length : a.group;
};

/** -form of the slope constraint t (beta v - x)(x - alpha v) >= 0 (LipSDP), as two squares. */
function slopeTerms([alpha, beta]: [number, number], v: Float64Array, x: Float64Array): Multiplier['terms'] {
  const [p, q, r] = [2 * alpha * beta, -(alpha + beta), 2];
  const root = Math.hypot((p - r) / 2, q);
  return [(p + r) / 2 + root, (p + r) / 2 - root].map((weight) => {
    // Eigenvector of [[p, q], [q, r]].
    const [a, b] = [q, weight - p];
    const norm = Math.hypot(a, b);
    return { weight, vector: v.map((vi, i) => (a * vi + b * (x[i] as number)) / norm) };
  });
}

/** What one layer adds: rows of its output over the state, and its multipliers. */
type Part = { rows: Float64Array[]; multipliers: Omit<Multiplier, 'layer'>[] };

/** One multiplier per neuron, or one for the whole layer, on slopes. */
function entrywisePart(a: Activation, variant: Variant, V: Rows, x: Float64Array[]): Part {
  const [alpha, beta] = slopes(a);
  const each = V.map((v, i) => slopeTerms([alpha, beta], v, x[i] as Float64Array));
  const start = 1 / (beta - alpha);
  const sets = variant === 'layer' ? [each.flat()] : each;
  return { rows: x, multipliers: sets.map((terms) => ({ positive: true, start, terms })) };
}

/** MaxMin as two ReLUs behind a shortcut, which the constraints then treat as strangers (official LipschitzEstimation_ResReLU*.m). */
function rewrittenPart([p, q]: Rows, [y, z]: Float64Array[]): Part {
  const [first, second, up, down] = [p, q, y, z] as [Float64Array, Float64Array, Float64Array, Float64Array];
  const less = combine([1, -1], [first, second]);
  const more = combine([-1, 1], [first, second]);
  return {
    // (max, min) = (q + relu(p - q), q - relu(q - p)).
    rows: [combine([1, 1], [second, up]), combine([1, -1], [second, down])],
    multipliers: [
      { positive: true, start: 1, terms: slopeTerms([0, 1], less, up) },
      { positive: true, start: 1, terms: slopeTerms([0, 1], more, down) },
    ],
  };
}

// #region substitution
/**
 * P and S are free multipliers of (kept part of x - kept part of v)^2 and its like. Their best use, in the limit, is to
 * make both equal. So the kept part is carried over, and only the changed part `z` stays open: the exact optimum.
 */
function substitutedPart({ changed, kept }: ReturnType<typeof directions>, group: Rows, z: Float64Array[]): Part {
  const carried = kept.map((s) => combine(s, group));
  const rows = group.map((_, i) =>
    combine(
      [...changed, ...kept].map((d) => d[i] as number),
      [...z, ...carried],
    ),
  );
  const terms = [
    ...changed.map((d) => ({ weight: -1, vector: combine(d, group) })),
    ...z.map((vector) => ({ weight: 1, vector })),
  ];
  return { rows, multipliers: [{ positive: true, start: 1, terms }] };
}
// #endregion

/** T has the eigenvalue lambda >= 0 on what changes, and one of any sign (lambda + n gamma) on what is kept. */
function tOnlyPart({ changed, kept }: ReturnType<typeof directions>, group: Rows, x: Float64Array[]): Part {
  const both = (d: Float64Array) => [
    { weight: -1, vector: combine(d, group) },
    { weight: 1, vector: combine(d, x) },
  ];
  return {
    rows: x,
    multipliers: [
      { positive: true, start: 1, terms: changed.flatMap(both) },
      { positive: false, start: 1, terms: kept.flatMap(both) },
    ],
  };
}

/** One layer: `V` holds the increments before the activation, `unit` hands out new entries of the state. */
function partOf(a: Activation, variant: Variant, V: Float64Array[], unit: () => Float64Array): Part {
  if (a.name === 'linear') return { rows: V, multipliers: [] };
  const units = (count: number) => Array.from({ length: count }, unit);
  if (entrywise(a)) return entrywisePart(a, variant, V, units(V.length));
  const all: Part = { rows: [], multipliers: [] };
  const basis = directions(a);
  for (let at = 0; at < V.length; at += a.group) {
    const group = V.slice(at, at + a.group);
    const fresh = units(open(a, variant));
    const part =
      variant === 'ps'
        ? substitutedPart(basis, group, fresh)
        : variant === 'relu-rewriting'
          ? rewrittenPart(group, fresh)
          : tOnlyPart(basis, group, fresh);
    all.rows.push(...part.rows);
    all.multipliers.push(...part.multipliers);
  }
  return all;
}

/** The state of `network` under one set of constraints. The inputs come first. */
export function stateOf(network: Network, variant: Variant): State {
  const inputs = network[0]?.weight[0]?.length ?? 0;
  const size = network.reduce(
    (n, { weight, activation: a }) => n + (weight.length / a.group) * open(a, variant),
    inputs,
  );
  let used = inputs;
  const unit = () => {
    const e = new Float64Array(size);
    e[used++] = 1;
    return e;
  };
  const multipliers: Multiplier[] = [];
  let X = identity(inputs, size);
  network.forEach(({ weight, activation: a, residual }, layer) => {
    const part = partOf(a, variant, multiply(weight, X), unit);
    multipliers.push(...part.multipliers.map((multiplier) => ({ ...multiplier, layer })));
    X = residual ? add(part.rows, X) : part.rows;
  });
  return { size, output: X, multipliers };
}
