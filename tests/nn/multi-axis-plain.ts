/** MAXIM's multi-axis gMLP block by plain loops in double precision: a second implementation to compare with. */
import type { MultiAxisOptions } from '#nn/vision/multi-axis';
import type { TokenMap } from '#nn/vision/operator';

export type Plain = Record<string, number[]>;
type Pixels = number[][];

const gelu = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const weightOf = (weights: Plain, name: string) => weights[name] as number[];

const norm = (weights: Plain, name: string, pixels: Pixels): Pixels =>
  pixels.map((v) => {
    const mean = v.reduce((a, b) => a + b) / v.length;
    const variance = v.reduce((sum, x) => sum + (x - mean) ** 2, 0) / v.length;
    return v.map(
      (x, k) =>
        ((x - mean) / Math.sqrt(variance + 1e-6)) * (weightOf(weights, `${name}.gain`)[k] as number) +
        (weightOf(weights, `${name}.bias`)[k] as number),
    );
  });

const dense = (weights: Plain, name: string, pixels: Pixels): Pixels => {
  const bias = weightOf(weights, `${name}.bias`);
  const matrix = weightOf(weights, `${name}.weight`);
  return pixels.map((v) =>
    bias.map((b, to) => v.reduce((sum, x, from) => sum + x * (matrix[from * bias.length + to] as number), b)),
  );
};

/** Sums over all pairs of pixels; `place` tells who meets whom, and which entry of the matrix joins them. */
function gate(weights: Plain, name: string, v: Pixels, place: (pixel: number) => { group: string; index: number }) {
  const bias = weightOf(weights, `${name}.bias`);
  const matrix = weightOf(weights, `${name}.weight`);
  const places = v.map((_, pixel) => place(pixel));
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
  { height, width, channels }: TokenMap,
  { block, grid, axes }: MultiAxisOptions,
  x: readonly number[],
): number[] {
  const pixels = Array.from({ length: height * width }, (_, p) => x.slice(p * channels, (p + 1) * channels));
  const t = dense(weights, 'in', norm(weights, 'norm', pixels)).map((v) => v.map(gelu));
  const [stepDown, stepRight] = [height / grid, width / grid];
  const at = (pixel: number) => [Math.floor(pixel / width), pixel % width] as const;
  const branches = {
    grid: (pixel: number) => {
      const [i, j] = at(pixel);
      return {
        group: `${i % stepDown},${j % stepRight}`,
        index: Math.floor(i / stepDown) * grid + Math.floor(j / stepRight),
      };
    },
    block: (pixel: number) => {
      const [i, j] = at(pixel);
      return {
        group: `${Math.floor(i / block)},${Math.floor(j / block)}`,
        index: (i % block) * block + (j % block),
      };
    },
  };
  const both = (['grid', 'block'] as const).map((name, half) => {
    const y = t.map((v) => v.slice(half * channels, (half + 1) * channels));
    const z = dense(weights, `${name}.in`, norm(weights, `${name}.norm`, y)).map((v) => v.map(gelu));
    const u = z.map((v) => v.slice(0, channels));
    const mixed = gate(
      weights,
      `${name}.gate`,
      norm(
        weights,
        `${name}.gate.norm`,
        z.map((v) => v.slice(channels)),
      ),
      branches[name],
    );
    const open = axes === 'both' || axes === name ? 1 : 0;
    const product = u.map((v, p) => v.map((value, k) => value * (open * (mixed[p]?.[k] as number) + 1)));
    return dense(weights, `${name}.out`, product).map((v, p) => v.map((value, k) => value + (y[p]?.[k] as number)));
  });
  const joined = pixels.map((_, p) => both.flatMap((branch) => branch[p] as number[]));
  return dense(weights, 'out', joined).flatMap((v, p) => v.map((value, k) => value + (pixels[p]?.[k] as number)));
}
