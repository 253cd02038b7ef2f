/**
 * MAXIM's token mixing (Tu et al. 2022): half of the features mix inside windows of fixed SIZE b x b, the other half
 * across a fixed NUMBER g x g of windows, pixel by pixel at the same place of each. Both by a gate, as in gMLP.
 */
import { type Operator, type TokenMap, tokensOf } from './operator';

export interface MultiAxisOptions {
  /** b: side of a window of the block branch. Must divide height and width. */
  block: number;
  /** g: windows per side of the grid branch. Must divide height and width. */
  grid: number;
  /**
   * Which branches mix. The gate of the other is held at 1, that is at no mixing; its weights are there and its work is
   * done all the same, so that networks with one axis and with both compare at equal size and cost.
   */
  axes: 'both' | 'block' | 'grid';
}

/** Whether two places of an axis of `length` mix directly: in one window of `block`, or `length / grid` apart. */
const inBlock = (i: number, j: number, block: number) => Math.floor(i / block) === Math.floor(j / block);
const onGrid = (i: number, j: number, length: number, grid: number) => (i - j) % (length / grid) === 0;

/** The pixels that share a window, or a place in all windows. */
export function linked(
  { height, width }: Pick<TokenMap, 'height' | 'width'>,
  { block, grid, axes }: MultiAxisOptions,
  [i, j]: readonly [number, number],
  [k, l]: readonly [number, number],
): { block: boolean; grid: boolean } {
  return {
    block: axes !== 'grid' && inBlock(i, k, block) && inBlock(j, l, block),
    grid: axes !== 'block' && onGrid(i, k, height, grid) && onGrid(j, l, width, grid),
  };
}

export const multiAxis: Operator<MultiAxisOptions> = {
  refuses({ height, width }, { block, grid }) {
    const side = [height, width].find((side) => side % block !== 0 || side % grid !== 0);
    if (side === undefined) return null;
    return side % block !== 0
      ? `windows of ${block} pixels do not tile a side of ${side}`
      : `a side of ${side} cannot be cut into ${grid} equal windows`;
  },
  /** 10 C² + 19 C + b⁴ + b² + g⁴ + g². */
  weights: ({ channels: c }, { block, grid }) => 10 * c ** 2 + 19 * c + block ** 4 + block ** 2 + grid ** 4 + grid ** 2,
  /** H W C (b² + g²) + 10 H W C². */
  macs: (map, { block, grid }) =>
    tokensOf(map) * map.channels * (block ** 2 + grid ** 2) + 10 * tokensOf(map) * map.channels ** 2,
  reach(map, options) {
    const tokens = tokensOf(map);
    const place = (t: number) => [Math.floor(t / map.width), t % map.width] as const;
    return Uint8Array.from({ length: tokens ** 2 }, (_, at) => {
      const { block, grid } = linked(map, options, place(Math.floor(at / tokens)), place(at % tokens));
      // A gate that is held at 1 leaves each pixel to itself.
      return +(block || grid || Math.floor(at / tokens) === at % tokens);
    });
  },
};
