/** The three networks of the regression table, and what the tests of bounds share. */
import { barrier } from '#math/barrier';
import type { Rows } from '#math/rows';
import { boundOf, type Norm, programsFor } from '../../content/papers/lipsdp/build';
import type { Network } from '../../content/papers/lipsdp/network';
import type { Variant } from '../../content/papers/lipsdp/state';

function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Weights from N(0, 1 / inputs) by Box and Muller, one value per pair, layer after layer. */
export function gaussian(seed: number, sizes: readonly number[]): Float64Array[][] {
  const next = mulberry32(seed);
  const normal = () => {
    const u1 = next();
    return Math.sqrt(-2 * Math.log(1 - u1)) * Math.cos(2 * Math.PI * next());
  };
  return sizes.slice(1).map((outputs, k) => {
    const inputs = sizes[k] as number;
    return Array.from({ length: outputs }, () =>
      Float64Array.from({ length: inputs }, () => normal() / Math.sqrt(inputs)),
    );
  });
}

/** Net A: 2-8-2 with entries from a sine. */
const sines = (): Float64Array[][] =>
  [
    [8, 2],
    [2, 8],
  ].map(([outputs, inputs], k) =>
    Array.from({ length: outputs as number }, (_, i) =>
      Float64Array.from(
        { length: inputs as number },
        (_unused, j) =>
          Math.sqrt(2 / (inputs as number)) * Math.sin(1.7 * (i + 1) * (j + 1) + 0.9 * (i + 1) + 2.3 * (j + 1) + k + 1),
      ),
    ),
  );

export const nets: Record<'A' | 'B' | 'C', Rows[]> = {
  A: sines(),
  B: gaussian(1, [4, 8, 8, 3]),
  C: gaussian(1, [8, 16, 16, 10]),
};

/** The bound of one variant, solved to the end. */
export function bound(network: Network, variant: Variant, norm: Norm = 'l2'): number {
  return Math.max(
    0,
    ...programsFor(network, variant, norm).map((lipschitz) => {
      let rho = Number.NaN;
      let solved = false;
      for (const iterate of barrier(lipschitz.program, lipschitz.start)) ({ rho, solved } = iterate);
      if (!solved) throw new Error('The solver did not come to an end.');
      return boundOf(lipschitz, rho);
    }),
  );
}
