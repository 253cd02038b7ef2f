/** Gains by frequency, and what follows from them by plain arithmetic: presets, bands, kernels, the best fit to a shift. */
import { dctMatrix, radialBands } from '#math/dct';

/** Radial bands that faders and generators work in. */
export const BANDS = 8;

export const presetNames = ['faders', 'low', 'high', 'notch', 'blur', 'shift'] as const;
export type PresetName = (typeof presetNames)[number];

/** Presets that are a gain for each band; a blur and a shift depend on row and column frequency apart. */
const banded: Partial<Record<PresetName, readonly number[]>> = {
  low: [1, 1, 0, 0, 0, 0, 0, 0],
  high: [0, 0, 1, 1, 1, 1, 1, 1],
  notch: [1, 0, 1, 1, 1, 1, 1, 1],
};

/** The faders that a preset stands for; those of the reader where it has none. */
export const fadersOf = (preset: PresetName, faders: readonly number[]): readonly number[] => banded[preset] ?? faders;

/** Gain of the blur (1/4, 1/2, 1/4) with repeated edges at frequency k of a line of n. */
export const blurGain = (k: number, n: number): number => 1 / 2 + Math.cos((Math.PI * k) / n) / 2;

/** d_k^T S d_k for the circular shift S by one: the nearest that gains on cosines come to it, frequency by frequency. */
export function shiftGains(n: number): Float64Array {
  const D = dctMatrix(n);
  return Float64Array.from({ length: n }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (D[k * n + ((i + 1) % n)] as number) * (D[k * n + i] as number);
    return sum;
  });
}

/** ||M - S|| / ||S|| (Frobenius) for the best such M on a line of n: ||S||² = n, and M takes up the squares of its gains. */
export const shiftError = (n: number): number =>
  Math.sqrt(Math.max(0, 1 - shiftGains(n).reduce((sum, w) => sum + w * w, 0) / n));

/** Gains w [side, side], row by row from frequency (0, 0). */
export function gainMap(preset: PresetName, faders: readonly number[], side: number): Float64Array {
  const entry = (at: (k: number, l: number) => number) =>
    Float64Array.from({ length: side * side }, (_, j) => at(Math.floor(j / side), j % side));
  if (preset === 'blur') return entry((k, l) => blurGain(k, side) * blurGain(l, side));
  if (preset === 'shift') {
    const across = shiftGains(side);
    return entry((_, l) => across[l] as number);
  }
  const each = fadersOf(preset, faders);
  return Float64Array.from(radialBands(side, side, BANDS), (band) => each[band] as number);
}

/** Mean of `values` [side, side] in each band. */
export function bandMeans(values: ArrayLike<number>, side: number): number[] {
  const sums = new Float64Array(BANDS);
  const sizes = new Float64Array(BANDS);
  radialBands(side, side, BANDS).forEach((band, j) => {
    sums[band] = (sums[band] as number) + (values[j] as number);
    sizes[band] = (sizes[band] as number) + 1;
  });
  return Array.from(sums, (sum, b) => sum / (sizes[b] as number));
}
