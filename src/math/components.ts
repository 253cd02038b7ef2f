/** Splits a block whose matrix falls into independent parts; several small factorisations cost less than one large. */
import type { Block } from './sdp';

/** The blocks into which the coordinates of `block` fall when no entry couples them. */
export function components({ size, constant, terms }: Block): Block[] {
  const parent = Array.from({ length: size }, (_, i) => i);
  const root = (i: number): number => (parent[i] === i ? i : root(parent[i] as number));
  const join = (i: number, j: number) => {
    parent[root(j)] = root(i);
  };
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) if (constant[i * size + j] !== 0) join(i, j);
  for (const { vector } of terms) {
    const first = vector.findIndex((x) => x !== 0);
    for (let i = first + 1; i < size; i++) if (vector[i] !== 0) join(first, i);
  }
  const groups = Map.groupBy(Array.from(parent.keys()), root);
  if (groups.size === 1) return [{ size, constant, terms }];
  return [...groups.values()].map((at) => ({
    size: at.length,
    constant: Float64Array.from(at.flatMap((i) => at.map((j) => constant[i * size + j] as number))),
    terms: terms
      .map((term) => ({ ...term, vector: Float64Array.from(at, (i) => term.vector[i] as number) }))
      .filter(({ vector }) => vector.some((x) => x !== 0)),
  }));
}
