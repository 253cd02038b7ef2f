/** A picture's cosine spectrum times gains, and back: exact arithmetic in float64, no training and no tensors. */
import { loadPhoto } from '#data/photos';
import { defineMechanism } from '#lab/experiment';
import { dct2, inverseDct2 } from '#math/dct';
import { bandMeans, fadersOf, gainMap, shiftError } from '../gains';
import { type params, SIDE } from './params';

const at = (xs: ArrayLike<number>, i: number) => xs[i] as number;

/** For drawing: values from 0 to 1 as bytes. */
const bytes = (values: ArrayLike<number>): number[] =>
  Array.from(values, (v) => Math.round(255 * Math.min(1, Math.max(0, v))));

/** log energy of each coefficient, six powers of ten below the largest to the largest, as bytes. */
function drawnSpectrum(spectrum: Float64Array): number[] {
  const energy = spectrum.map((v) => Math.log10(v * v + 1e-12));
  const top = energy.reduce((a, b) => Math.max(a, b));
  return bytes(energy.map((e) => (e - top) / 6 + 1));
}

const meanSquare = (values: Float64Array) => values.reduce((sum, v) => sum + v * v, 0) / values.length;

/** The largest difference between the picture by gains and the same blur by loops over its pixels. */
function blurGap(picture: Float64Array, result: Float64Array): number {
  const pixel = (i: number, j: number) =>
    at(picture, Math.min(SIDE - 1, Math.max(0, i)) * SIDE + Math.min(SIDE - 1, Math.max(0, j)));
  const line = (i: number, j: number) => (pixel(i, j - 1) + 2 * pixel(i, j) + pixel(i, j + 1)) / 4;
  return result.reduce((worst, value, p) => {
    const [i, j] = [Math.floor(p / SIDE), p % SIDE];
    return Math.max(worst, Math.abs(value - (line(i - 1, j) + 2 * line(i, j) + line(i + 1, j)) / 4));
  }, 0);
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ params: { photo, image }, load }) {
    const picture = Float64Array.from(image ? image.grey : await loadPhoto(load, photo, SIDE));
    const spectrum = dct2(picture, SIDE, SIDE);
    return {
      picture,
      spectrum,
      drawn: {
        picture: bytes(picture),
        spectrum: drawnSpectrum(spectrum),
        /** Over lines of 3 to 64 tokens, how near gains come at best to a shift by one. */
        shiftErrors: Array.from({ length: SIDE - 2 }, (_, i) => shiftError(i + 3)),
      },
    };
  },
  frame({ picture, spectrum, drawn }, { params: { preset, faders, row, column } }) {
    const gains = gainMap(preset, faders, SIDE);
    // #region equaliser
    const kept = spectrum.map((coefficient, k) => at(gains, k) * coefficient);
    const result = inverseDct2(kept, SIDE, SIDE);
    // #endregion
    // The kernel: what a single bright pixel turns into, which, as the matrix is symmetric, is also what it is made of.
    const point = new Float64Array(SIDE * SIDE);
    point[row * SIDE + column] = 1;
    const kernel = inverseDct2(
      dct2(point, SIDE, SIDE).map((v, k) => at(gains, k) * v),
      SIDE,
      SIDE,
    );
    const peak = kernel.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-12);
    return {
      ...drawn,
      result: bytes(result),
      removed: bytes(picture.map((v, p) => 0.5 + v - at(result, p))),
      gains: bytes(gains.map((w) => (w + 1) / 3)),
      kernel: bytes(kernel.map((v) => 0.5 + v / (2 * peak))),
      kernelRow: Array.from(kernel.subarray(row * SIDE, (row + 1) * SIDE)),
      place: [row, column] as const,
      /** Mean gain of each band, and mean energy of a coefficient in it, before and after. */
      faders: [...(preset === 'blur' || preset === 'shift' ? bandMeans(gains, SIDE) : fadersOf(preset, faders))],
      before: bandMeans(
        spectrum.map((v) => v * v),
        SIDE,
      ),
      after: bandMeans(
        kept.map((v) => v * v),
        SIDE,
      ),
      /** Mean squared change of a pixel; and the mean over coefficients of (1 - w)² times their energy. */
      error: meanSquare(picture.map((v, p) => at(result, p) - v)),
      dropped: meanSquare(spectrum.map((v, k) => (1 - at(gains, k)) * v)),
      largestChange: picture.reduce((worst, v, p) => Math.max(worst, Math.abs(at(result, p) - v)), 0),
      blurGap: preset === 'blur' ? blurGap(picture, result) : null,
      /** Share of the energy, the mean grey left out, that is kept. */
      energyKept:
        kept.reduce((sum, v, k) => sum + (k === 0 ? 0 : v * v), 0) /
        Math.max(
          1e-12,
          spectrum.reduce((sum, v, k) => sum + (k === 0 ? 0 : v * v), 0),
        ),
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
