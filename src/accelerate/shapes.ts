/** How operands lie in memory against their result. */

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

/** An operand of an operation with broadcasting: three axes, and how far apart neighbours along each are. */
export interface Layout {
  sizes: [number, number, number];
  a: [number, number, number];
  b: [number, number, number];
}

/**
 * The result of two shapes broadcast against each other as three axes, by joining neighbours along which both operands
 * run, or the same one stands still. Null where three do not suffice.
 */
export function broadcast(a: readonly number[], b: readonly number[], out: readonly number[]): Layout | null {
  const axes: { size: number; a: boolean; b: boolean }[] = [];
  out.forEach((size, i) => {
    if (size === 1) return;
    const moves = (shape: readonly number[]) => (shape[i - (out.length - shape.length)] ?? 1) !== 1;
    const axis = { size, a: moves(a), b: moves(b) };
    const last = axes.at(-1);
    if (last && last.a === axis.a && last.b === axis.b) last.size *= size;
    else axes.push(axis);
  });
  if (axes.length > 3) return null;
  // A lone value moves on both sides, so that it is one entry and not a row of none.
  while (axes.length < 3) axes.unshift({ size: 1, a: axes.length === 0, b: axes.length === 0 });
  const strides = (which: 'a' | 'b') => {
    let stride = 1;
    return axes
      .toReversed()
      .map((axis) => {
        const own = axis[which] ? stride : 0;
        if (axis[which]) stride *= axis.size;
        return own;
      })
      .toReversed() as Layout['a'];
  };
  return { sizes: axes.map(({ size }) => size) as Layout['sizes'], a: strides('a'), b: strides('b') };
}

/** Distances between neighbours along each axis of an array that lies row by row. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = (strides[i + 1] as number) * (shape[i + 1] as number);
  return strides;
}
