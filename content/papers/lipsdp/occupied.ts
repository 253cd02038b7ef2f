/** Which entries of the matrix F of a program are not zero: what the figure of the page draws. */
import type { Network } from './network';
import { stateOf, type Variant } from './state';

export interface Occupied {
  /** Whether an entry is not zero, for multipliers without special values [size, size]. */
  cells: boolean[][];
  /** Where each layer's part of the state begins, and the size at the end. */
  starts: number[];
}

/** F = rho |x0|^2 + the terms of the multipliers - |output|^2, with the unknowns layer by layer. */
export function occupied(network: Network, variant: Variant): Occupied {
  const { size, output, multipliers } = stateOf(network, variant);
  const inputs = network[0]?.weight[0]?.length ?? 0;
  const F = Array.from({ length: size }, (_, i) => new Float64Array(size).fill(0).with(i, i < inputs ? 7 : 0));
  const addSquare = (weight: number, vector: Float64Array) => {
    for (const [i, row] of F.entries())
      for (let j = 0; j < size; j++)
        row[j] = (row[j] as number) + weight * (vector[i] as number) * (vector[j] as number);
  };
  for (const row of output) addSquare(-1, row);
  // Values that no two entries share, so that nothing cancels but what cancels for all.
  multipliers.forEach(({ terms }, k) => {
    for (const { weight, vector } of terms) addSquare(weight * (1 + Math.sqrt(k + 2)), vector);
  });
  // A layer's unknowns follow those of the layers before it, as many for each.
  const hidden = network.length - 1;
  const each = (size - inputs) / hidden;
  return {
    cells: F.map((row) => Array.from(row, (x) => Math.abs(x) > 1e-9)),
    starts: [0, ...Array.from({ length: hidden + 1 }, (_, k) => inputs + each * k)],
  };
}
