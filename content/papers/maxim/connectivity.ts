/**
 * Which pixels can ever exchange information when multi-axis blocks are stacked and nothing else is there: no convolution,
 * no coarser scale. Our own theorem, worked out on this page.
 */

/**
 * Parts along one axis of `length` pixels, with s = length / g pixels between partners on the grid: s / b where b divides
 * s and s > b, else 1. Windows of b pixels, seen modulo s, tile the residues in s / b runs in the first case; in the
 * second they overlap, or cover all residues at once.
 */
export function partsPerAxis(length: number, block: number, grid: number): number {
  const stride = length / grid;
  return stride > block && stride % block === 0 ? stride / block : 1;
}

/** Parts of a whole map: the product over its axes, since rows and columns move by themselves. */
export const parts = ({ height, width }: { height: number; width: number }, block: number, grid: number): number =>
  partsPerAxis(height, block, grid) * partsPerAxis(width, block, grid);

/** Pixels that one block reaches from a pixel, if the side is at least b g: b² + g² - 1. */
export const reachOfOne = (block: number, grid: number): number => block ** 2 + grid ** 2 - 1;
