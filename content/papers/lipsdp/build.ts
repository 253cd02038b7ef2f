/** From a network to its semidefinite program, for the l2 and the l-infinity norm, with a feasible start. */
import { components } from '#math/components';
import { interior } from '#math/interior';
import { dot, identity, type Rows, rowSumNorm, scaled, spectralNorm, withoutIdleInputs } from '#math/rows';
import { certify, type Program } from '#math/sdp';
import type { Network } from './network';
import { type State, stateOf, type Variant } from './state';

export type Norm = 'l2' | 'linf';

/** A program for one bound. L = factor * sqrt(rho) for l2, factor * rho for l-infinity; rho is the first variable. */
export interface Lipschitz {
  program: Program;
  start: Float64Array;
  norm: Norm;
  factor: number;
}

/** Relative room per layer between the start and the edge of the feasible set. */
const ROOM = 1.001;
/** Ceiling of all variables. The weights are scaled to norm 1, where solutions lie many orders below. */
const CEILING = 1e6;

const plain = (network: Network) => network.every(({ residual }) => !residual);

/**
 * The same network with layers of spectral norm 1, and the factor by which that shrinks its Lipschitz constant. The
 * constraints do not change when increments are rescaled layer by layer. A residual network stays as it is.
 */
function balanced(network: Network): { network: Network; factor: number } {
  if (!plain(network)) return { network, factor: 1 };
  let factor = 1;
  const layers = network.map((layer) => {
    const norm = spectralNorm(layer.weight);
    factor *= norm;
    return { ...layer, weight: scaled(layer.weight, 1 / norm) };
  });
  return { network: layers, factor };
}

/** Only W_1 W_1^T matters to the l2 bound, so surplus inputs are turned away. */
function fewerInputs(network: Network): Network {
  const [first, ...rest] = network;
  if (!first || first.residual || (first.weight[0]?.length ?? 0) <= first.weight.length) return network;
  return [{ ...first, weight: withoutIdleInputs(first.weight) }, ...rest];
}

const termsOf = ({ multipliers }: State, first: number) =>
  multipliers.flatMap(({ terms }, i) => terms.map((term) => ({ ...term, variable: first + i })));

/** rho |x0|^2 + sum of terms - |output|^2 >= 0. */
function l2Program(state: State, inputs: number): Program {
  const { size, output, multipliers } = state;
  const constant = new Float64Array(size * size);
  for (const row of output)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        constant[i * size + j] = (constant[i * size + j] as number) - (row[i] as number) * (row[j] as number);
  const rho = identity(inputs, size).map((vector) => ({ variable: 0, weight: 1, vector }));
  return {
    cost: Float64Array.from([1, ...multipliers.map(() => 0)]),
    positive: [false, ...multipliers.map(({ positive }) => positive)],
    limit: new Float64Array(multipliers.length + 1).fill(CEILING),
    blocks: components({ size, constant, terms: [...rho, ...termsOf(state, 1)] }),
  };
}

/** The chain of norms as a start (it gives the norm product), or a search where that is not feasible. */
function l2Start(program: Program, { multipliers }: State, network: Network): Float64Array {
  const depth = network.length;
  const norms = network.map(({ weight, residual }) => spectralNorm(weight) + (residual ? 1 : 0));
  const levels = (base: number, growth: number) => {
    const level = new Array<number>(depth + 1).fill(base);
    for (let k = depth - 1; k >= 0; k--) level[k] = (level[k + 1] as number) * (norms[k] as number) ** 2 * growth;
    return level;
  };
  for (const growth of [ROOM, 2, 4, 8, 16, 32]) {
    const level = levels(1, growth);
    const y = Float64Array.from([0, ...multipliers.map(({ layer, start }) => start * (level[layer + 1] as number))]);
    for (let rho = level[0] as number; rho < 0.5 * CEILING; rho *= 2)
      if (certify(program, y.with(0, rho))) return y.with(0, rho);
  }
  return interior(program, Float64Array.from([1, ...multipliers.map(({ start }) => start)]));
}

/** sum mu_i x0_i^2 + sum of terms - 2 c x + 2 rho - sum mu_i >= 0, as a matrix with one row more than the state. */
function linfProgram(state: State, inputs: number): Program {
  const { size, output, multipliers } = state;
  const n = size + 1;
  const constant = new Float64Array(n * n);
  (output[0] as Float64Array).forEach((c, i) => {
    constant[i * n + size] = -c;
    constant[size * n + i] = -c;
  });
  const unit = (at: number) => identity(at + 1, n)[at] as Float64Array;
  const mu = Array.from({ length: inputs }, (_, i) => [
    { variable: 1 + i, weight: 1, vector: unit(i) },
    { variable: 1 + i, weight: -1, vector: unit(size) },
  ]).flat();
  const wider = termsOf(state, 1 + inputs).map((term) => ({ ...term, vector: Float64Array.from([...term.vector, 0]) }));
  return {
    cost: Float64Array.from([1, ...new Array<number>(inputs).fill(0), ...multipliers.map(() => 0)]),
    positive: [false, ...new Array<boolean>(inputs).fill(true), ...multipliers.map(({ positive }) => positive)],
    limit: new Float64Array(1 + inputs + multipliers.length).fill(CEILING),
    blocks: components({ size: n, constant, terms: [{ variable: 0, weight: 2, vector: unit(size) }, ...mu, ...wider] }),
  };
}

/** The l2 start scaled: with mu = rho s and all multipliers times s, s = 1 / sqrt(inputs rho), rho_inf = 1 / s works. */
function linfStart(l2: Float64Array, inputs: number): Float64Array {
  const rho = l2[0] as number;
  const s = 1 / Math.sqrt(inputs * rho);
  return Float64Array.from([
    ROOM / s,
    ...new Array<number>(inputs).fill(rho * s),
    ...Array.from(l2.subarray(1), (y) => y * s),
  ]);
}

/** The network whose only output is entry `row` of the last layer. */
const withOutput = (network: Network, row: number): Network => {
  const last = network.at(-1) as Network[number];
  const only = { ...last, weight: [last.weight[row] as Float64Array], bias: last.bias.slice(row, row + 1) };
  return [...network.slice(0, -1), only];
};

/** A network always ends in a linear layer; one that does not gets the identity behind it. */
export function closed(network: Network): Network {
  const last = network.at(-1) as Network[number];
  if (last.activation.name === 'linear' && !last.residual) return network;
  const n = last.weight.length;
  const linear = { ...last.activation, name: 'linear' as const, group: 1 };
  return [...network, { weight: identity(n), bias: new Float64Array(n), activation: linear, residual: false }];
}

function l2(network: Network, variant: Variant): Lipschitz {
  const { network: even, factor } = balanced(fewerInputs(network));
  const inputs = even[0]?.weight[0]?.length ?? 0;
  const state = stateOf(even, variant);
  const program = l2Program(state, inputs);
  return { program, start: l2Start(program, state, even), norm: 'l2', factor };
}

/** The programs whose largest value bounds the network: one for l2, one per output for l-infinity. */
export function programsFor(network: Network, variant: Variant, norm: Norm): Lipschitz[] {
  const whole = closed(network);
  if (norm === 'l2') return [l2(whole, variant)];
  const outputs = (whole.at(-1) as Network[number]).weight;
  return outputs.flatMap((row, r) => {
    if (dot(row, row) === 0) return [];
    const { network: even, factor } = balanced(withOutput(whole, r));
    const inputs = even[0]?.weight[0]?.length ?? 0;
    const state = stateOf(even, variant);
    const start = l2Start(l2Program(state, inputs), state, even);
    return [{ program: linfProgram(state, inputs), start: linfStart(start, inputs), norm, factor }];
  });
}

/** Norms of the layers: |W|, or 1 + |W| for a residual layer. */
export const layerNorms = (network: Network, norm: Norm): number[] =>
  network.map(
    ({ weight, residual }) => (norm === 'l2' ? spectralNorm : rowSumNorm)(weight as Rows) + (residual ? 1 : 0),
  );

/** The product of the layers' norms, the bound that needs no program. */
export const productBound = (network: Network, norm: Norm): number =>
  layerNorms(network, norm).reduce((product, n) => product * n, 1);

/** The bound that a value of the program's objective means. */
export const boundOf = ({ norm, factor }: Lipschitz, rho: number): number =>
  factor * (norm === 'l2' ? Math.sqrt(Math.max(0, rho)) : Math.max(0, rho));
