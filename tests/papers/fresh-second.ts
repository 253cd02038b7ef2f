import type { Dense } from '#nn/dense';

/** Second implementations of the coordinate networks of FreSh: plain loops in float64, written from the official code's equations. */
export interface Layer {
  /** [inputs][outputs] */
  W: number[][];
  b: number[];
}

/** The weights of a network, as float64. */
export const copied = (layers: readonly Dense[]): Layer[] =>
  layers.map(({ weight, bias }) => ({ W: weight.arraySync(), b: bias.arraySync() }));

/** A network as a function of its weights and one position. */
export type Forward = (layers: readonly Layer[], x: readonly number[]) => number;

export const affine = ({ W, b }: Layer, h: readonly number[]): number[] =>
  b.map((bias, j) => h.reduce((sum, value, i) => sum + value * (W[i]?.[j] as number), bias));

/** Runs `hidden` on all layers but the last, which is linear in what `last` makes of its input. */
function through(
  layers: readonly Layer[],
  x: readonly number[],
  hidden: (layer: Layer, h: readonly number[], index: number) => number[],
  last: (h: readonly number[]) => readonly number[] = (h) => h,
): number {
  const h = layers.slice(0, -1).reduce<readonly number[]>((value, layer, i) => hidden(layer, value, i), x);
  return affine(layers.at(-1) as Layer, last(h))[0] as number;
}

export const plain =
  (act: (z: number) => number): Forward =>
  (layers, x) =>
    through(layers, x, (layer, h) => affine(layer, h).map(act));

/** `B` [inputs][features], 2 pi included. */
export const fourier =
  (B: readonly number[][], act: (z: number) => number): Forward =>
  (layers, x) => {
    const phase = (B[0] as number[]).map((_, j) => x.reduce((sum, v, i) => sum + v * (B[i]?.[j] as number), 0));
    return plain(act)(layers, [...phase.map(Math.cos), ...phase.map(Math.sin)]);
  };

/** sin(W (omega h) + b): omega does not multiply the bias; 30 in every layer but the first, the output's too. */
export const siren =
  (omega0: number): Forward =>
  (layers, x) => {
    const times = (omega: number, h: readonly number[]) => h.map((v) => omega * v);
    return through(
      layers,
      x,
      (layer, h, i) => affine(layer, times(i === 0 ? omega0 : 30, h)).map(Math.sin),
      (h) => times(30, h),
    );
  };

/** sin(omega (|z| + 1) z); with `held` weights, the factor (|z| + 1) is that of these weights, whatever `layers` are. */
export const finer =
  (omega0: number, held?: readonly Layer[]): Forward =>
  (layers, x) => {
    let reference: readonly number[] = x;
    return through(layers, x, (layer, h, i) => {
      const omega = i === 0 ? omega0 : 30;
      const z = affine(layer, h);
      const zHeld = held ? affine(held[i] as Layer, reference) : z;
      reference = zHeld.map((v) => Math.sin(omega * (Math.abs(v) + 1) * v));
      return z.map((v, j) => Math.sin(omega * (Math.abs(zHeld[j] as number) + 1) * v));
    });
  };

export const meanSquaredError = (
  forward: Forward,
  layers: readonly Layer[],
  xs: readonly number[][],
  ys: readonly number[],
): number => xs.reduce((sum, x, i) => sum + (forward(layers, x) - (ys[i] as number)) ** 2, 0) / xs.length;

/** Central differences of `loss` by every weight and bias, layer by layer, weights (row by row) before biases. */
export function differences(loss: (layers: readonly Layer[]) => number, layers: readonly Layer[], eps: number) {
  const own = structuredClone(layers) as Layer[];
  return own.flatMap(({ W, b }) =>
    [...W, b].flatMap((row) =>
      row.map((value, j) => {
        row[j] = value + eps;
        const above = loss(own);
        row[j] = value - eps;
        const below = loss(own);
        row[j] = value;
        return (above - below) / (2 * eps);
      }),
    ),
  );
}
