/**
 * A lower bound by search: the largest norm of the Jacobian that anyone has met. Gradient ascent would stand still,
 * since the Jacobian is constant on each linear piece; so points are drawn, and the best are shaken.
 */
import type { Stream } from '#lab/random';
import { frobenius, rowSumNorm, spectralNorm } from '#math/rows';
import type { Norm } from './build';
import { evaluate, type Network } from './network';

export interface Search {
  best: number;
  /** Where the best was found. */
  at: Float64Array;
  /** Width of the shakes. */
  radius: number;
}

/** Half the side of the box that points are drawn from. */
export const BOX = 3;

export const startSearch = (network: Network, norm: Norm): Search => {
  const at = new Float64Array(network[0]?.weight[0]?.length ?? 0).fill(0.1);
  return { best: normAt(network, norm, at, 0), at, radius: 1 };
};

function normAt(network: Network, norm: Norm, x: Float64Array, best: number): number {
  const { jacobian } = evaluate(network, x);
  if (norm === 'linf') return rowSumNorm(jacobian);
  return frobenius(jacobian) > best ? spectralNorm(jacobian) : 0;
}

/** Tries `count` more points: every other one from `places`, or anywhere in the box without them; the rest near the best. */
export function searchOn(
  search: Search,
  network: Network,
  norm: Norm,
  stream: Stream,
  count: number,
  places: readonly (readonly number[])[] = [],
): void {
  for (let i = 0; i < count; i++) {
    const near = i % 2 === 1;
    const shake = stream.uniform(search.at.length, -1, 1);
    const place = places[(i / 2) % places.length];
    const x = Float64Array.from(shake, (u, j) =>
      near ? (search.at[j] as number) + search.radius * u : (place?.[j] ?? BOX * u),
    );
    const value = normAt(network, norm, x, search.best);
    if (value > search.best) Object.assign(search, { best: value, at: x, radius: Math.max(0.05, search.radius) });
    else if (near) search.radius = search.radius < 1e-3 ? 1 : search.radius * 0.97;
  }
}
