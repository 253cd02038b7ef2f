/** Grey pictures as plain arrays: values in [0, 1], row by row. */
export interface Grey {
  height: number;
  width: number;
  values: Float32Array;
}

export const grey = (height: number, width: number, values: ArrayLike<number>): Grey => ({
  height,
  width,
  values: Float32Array.from(values),
});

export const clipped = ({ height, width, values }: Grey): Grey => ({
  height,
  width,
  values: values.map((v) => Math.min(1, Math.max(0, v))),
});

export function meanSquaredError(a: Grey, b: Grey): number {
  return a.values.reduce((sum, v, i) => sum + (v - (b.values[i] as number)) ** 2, 0) / a.values.length;
}

/** Peak signal-to-noise ratio in dB for a peak of 1. */
export const psnr = (a: Grey, b: Grey): number => -10 * Math.log10(Math.max(1e-12, meanSquaredError(a, b)));

/** A place beyond the border is the mirrored one inside; the border pixel itself is repeated. */
export const mirrored = (i: number, length: number): number => {
  const at = ((i % (2 * length)) + 2 * length) % (2 * length);
  return at < length ? at : 2 * length - 1 - at;
};
