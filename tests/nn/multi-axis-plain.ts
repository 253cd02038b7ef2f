/** MAXIM's multi-axis gMLP block by plain loops in double precision: a second implementation to compare with. */
import type { MultiAxisOptions } from '#nn/vision/multi-axis';
import type { TokenMap } from '#nn/vision/operator';

export type Plain = Record<string, number[]>;
type Pixels = number[][];

const geluOf = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const weightOf = (weights: Plain, name: string) => weights[name] as number[];

/** GELU by tanh. */
export const plainGelu = (pixels: Pixels): Pixels => pixels.map((v) => v.map(geluOf));

export const plainNorm = (weights: Plain, name: string, pixels: Pixels): Pixels =>
  pixels.map((v) => {
    const mean = v.reduce((a, b) => a + b) / v.length;
    const variance = v.reduce((sum, x) => sum + (x - mean) ** 2, 0) / v.length;
    return v.map(
      (x, k) =>
        ((x - mean) / Math.sqrt(variance + 1e-6)) * (weightOf(weights, `${name}.gain`)[k] as number) +
        (weightOf(weights, `${name}.bias`)[k] as number),
    );
  });

export const plainDense = (weights: Plain, name: string, pixels: Pixels): Pixels => {
  const bias = weightOf(weights, `${name}.bias`);
  const matrix = weightOf(weights, `${name}.weight`);
  return pixels.map((v) =>
    bias.map((b, to) => v.reduce((sum, x, from) => sum + x * (matrix[from * bias.length + to] as number), b)),
  );
};

/** The matrix of `name` between all pixels of one window, or at one place of all windows: sums over all pairs of pixels. */
export function plainMixed(
  weights: Plain,
  name: string,
  v: Pixels,
  { height, width }: Pick<TokenMap, 'height' | 'width'>,
  axis: 'grid' | 'block',
  side: number,
): Pixels {
  const bias = weightOf(weights, `${name}.bias`);
  const matrix = weightOf(weights, `${name}.weight`);
  const [stepDown, stepRight] = [height / side, width / side];
  const places = v.map((_, pixel) => {
    const [i, j] = [Math.floor(pixel / width), pixel % width];
    return axis === 'grid'
      ? {
          group: `${i % stepDown},${j % stepRight}`,
          index: Math.floor(i / stepDown) * side + Math.floor(j / stepRight),
        }
      : { group: `${Math.floor(i / side)},${Math.floor(j / side)}`, index: (i % side) * side + (j % side) };
  });
  return v.map((own, to) =>
    own.map((_, k) => {
      const here = places[to] as (typeof places)[number];
      return v.reduce((sum, other, from) => {
        const there = places[from] as (typeof places)[number];
        return there.group === here.group
          ? sum + (matrix[there.index * bias.length + here.index] as number) * (other[k] as number)
          : sum;
      }, bias[here.index] as number);
    }),
  );
}

/** x [height * width * channels] through the block, without the channel MLP. */
export function plainMultiAxis(
  weights: Plain,
  map: TokenMap,
  { block, grid, axes }: MultiAxisOptions,
  x: readonly number[],
): number[] {
  const { height, width, channels } = map;
  const pixels = Array.from({ length: height * width }, (_, p) => x.slice(p * channels, (p + 1) * channels));
  const t = plainGelu(plainDense(weights, 'in', plainNorm(weights, 'norm', pixels)));
  const both = (['grid', 'block'] as const).map((name, half) => {
    const y = t.map((v) => v.slice(half * channels, (half + 1) * channels));
    const z = plainGelu(plainDense(weights, `${name}.in`, plainNorm(weights, `${name}.norm`, y)));
    const u = z.map((v) => v.slice(0, channels));
    const v = z.map((v) => v.slice(channels));
    const side = name === 'grid' ? grid : block;
    const mixed = plainMixed(weights, `${name}.gate`, plainNorm(weights, `${name}.gate.norm`, v), map, name, side);
    const open = axes === 'both' || axes === name ? 1 : 0;
    const product = u.map((v, p) => v.map((value, k) => value * (open * (mixed[p]?.[k] as number) + 1)));
    return plainDense(weights, `${name}.out`, product).map((v, p) =>
      v.map((value, k) => value + (y[p]?.[k] as number)),
    );
  });
  const joined = pixels.map((_, p) => both.flatMap((branch) => branch[p] as number[]));
  return plainDense(weights, 'out', joined).flatMap((v, p) => v.map((value, k) => value + (pixels[p]?.[k] as number)));
}
