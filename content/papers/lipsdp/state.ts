/**
 * The increments of a network as linear maps of one *state*: the input's increment and, layer by layer, whatever the
 * activation leaves open. On these maps each activation puts its quadratic constraints.
 *
 * Signs: a constraint says form >= 0; a term here is -form, which the matrix F of the program adds up (paper,
 * feed-forward theorem; its official code, LipschitzEstimation*.m).
 */
import { add, combine, dot, identity, type Rows } from '#math/rows';
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

/** The state of `network` under one set of constraints. `inputs` columns come first. */
export function stateOf(network: Network, variant: Variant): State {
  const inputs = network[0]?.weight[0]?.length ?? 0;
  const size = network.reduce(
    (n, { weight, activation: a }) => n + (weight.length / a.group) * open(a, variant),
    inputs,
  );
  const unit = (at: number) => {
    const e = new Float64Array(size);
    e[at] = 1;
    return e;
  };
  const multipliers: Multiplier[] = [];
  let offset = inputs;
  let X: Rows = identity(inputs, size);
  network.forEach(({ weight, activation: a, residual }, layer) => {
    const V = weight.map((row) => combine(row, X));
    const push = (positive: boolean, start: number, terms: Multiplier['terms']) =>
      multipliers.push({ layer, positive, start, terms });
    let next: Float64Array[] = [];
    if (a.name === 'linear') next = V;
    else if (entrywise(a)) {
      const [alpha, beta] = slopes(a);
      next = V.map((_, i) => unit(offset + i));
      offset += V.length;
      const each = V.map((v, i) => slopeTerms([alpha, beta], v, next[i] as Float64Array));
      const start = 1 / (beta - alpha);
      if (variant === 'layer') push(true, start, each.flat());
      else for (const terms of each) push(true, start, terms);
    } else {
      const { changed, kept } = directions(a);
      for (let at = 0; at < V.length; at += a.group) {
        const group = V.slice(at, at + a.group);
        const along = (d: Float64Array, rows: Rows) => combine(d, rows);
        if (variant === 'relu-rewriting') {
          // (max, min) = (b, b) shifted by relu(a - b) and relu(b - a): the official LipschitzEstimation_ResReLU.
          const [p, q] = group as [Float64Array, Float64Array];
          const [y, z] = [unit(offset), unit(offset + 1)];
          offset += 2;
          const less = p.map((x, i) => x - (q[i] as number));
          push(true, 1, slopeTerms([0, 1], less, y));
          push(
            true,
            1,
            slopeTerms(
              [0, 1],
              less.map((x) => -x),
              z,
            ),
          );
          next.push(
            q.map((x, i) => x + (y[i] as number)),
            q.map((x, i) => x - (z[i] as number)),
          );
          continue;
        }
        if (variant === 'ps') {
          // #region substitution
          // P and S are free multipliers of (kept part of x - kept part of v)^2 and its like; their best use in the
          // limit is to make both equal, so the kept part is carried over and only the changed part stays open.
          const z = changed.map((_, i) => unit(offset + i));
          offset += changed.length;
          push(true, 1, [
            ...changed.map((d) => ({ weight: -1, vector: along(d, group) })),
            ...z.map((vector) => ({ weight: 1, vector })),
          ]);
          for (let i = 0; i < a.group; i++) {
            const row = new Float64Array(size);
            changed.forEach((d, j) => {
              const e = z[j] as Float64Array;
              row.forEach((x, n) => {
                row[n] = x + (d[i] as number) * (e[n] as number);
              });
            });
            for (const s of kept) {
              const sum = along(s, group);
              row.forEach((x, n) => {
                row[n] = x + (s[i] as number) * (sum[n] as number);
              });
            }
            next.push(row);
          }
          // #endregion
          continue;
        }
        const x = group.map((_, i) => unit(offset + i));
        offset += a.group;
        const both = (d: Float64Array) => [
          { weight: -1, vector: along(d, group) },
          { weight: 1, vector: along(d, x) },
        ];
        // T has the eigenvalue lambda >= 0 on what changes and lambda + n gamma, of any sign, on what is kept.
        push(true, 1, changed.flatMap(both));
        if (a.name === 'householder' || kept.length === 1) push(false, 1, kept.flatMap(both));
        next.push(...x);
      }
    }
    X = residual ? add(next, X) : next;
  });
  return { size, output: X as Float64Array[], multipliers };
}

/** What a state says of a pair of inputs: its quadratic forms at the increments `state`; for tests and pictures. */
export const formAt = ({ terms }: Multiplier, state: Float64Array): number =>
  -terms.reduce((sum, { weight, vector }) => sum + weight * dot(vector, state) ** 2, 0);
