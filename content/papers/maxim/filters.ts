/** Two filters that need no training, in plain TypeScript: the Gaussian and the bilateral one (Tomasi and Manduchi 1998). */
import { type Grey, mirrored } from './picture';

/** Where a Gaussian is cut, in standard deviations. */
const REACH = 3;

/** Averages with weights exp(-d² / 2 sigma²), sigma in pixels, first along rows, then along columns; 0 changes nothing. */
export function gaussianFilter(picture: Grey, sigma: number): Grey {
  if (sigma <= 0) return { ...picture, values: picture.values.slice() };
  const { height, width, values } = picture;
  const reach = Math.ceil(REACH * sigma);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = kernel.reduce((a, b) => a + b);
  const along = (from: Float32Array, vertical: boolean) =>
    Float32Array.from(from, (_, at) => {
      const [i, j] = [Math.floor(at / width), at % width];
      let sum = 0;
      for (let k = -reach; k <= reach; k++) {
        const source = vertical ? mirrored(i + k, height) * width + j : i * width + mirrored(j + k, width);
        sum += (kernel[k + reach] as number) * (from[source] as number);
      }
      return sum / total;
    });
  return { height, width, values: along(along(values, false), true) };
}

export interface Bilateral {
  /** Standard deviation over distance, in pixels. */
  space: number;
  /** Standard deviation over grey value. */
  range: number;
}

/** A Gaussian whose weights also fall with the difference in grey, so that it stops at edges. */
export function bilateralFilter(picture: Grey, { space, range }: Bilateral): Grey {
  const { height, width, values } = picture;
  const reach = Math.ceil(2 * space);
  const near: { down: number; right: number; weight: number }[] = [];
  for (let down = -reach; down <= reach; down++)
    for (let right = -reach; right <= reach; right++)
      near.push({ down, right, weight: Math.exp(-(down ** 2 + right ** 2) / (2 * space ** 2)) });
  const scale = -1 / (2 * range ** 2);
  return {
    height,
    width,
    values: Float32Array.from(values, (own, at) => {
      const [i, j] = [Math.floor(at / width), at % width];
      let [sum, total] = [0, 0];
      for (const { down, right, weight } of near) {
        const other = values[mirrored(i + down, height) * width + mirrored(j + right, width)] as number;
        const w = weight * Math.exp((other - own) ** 2 * scale);
        sum += w * other;
        total += w;
      }
      return sum / total;
    }),
  };
}
