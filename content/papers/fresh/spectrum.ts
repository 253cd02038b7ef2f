/**
 * Spectra of signals and pictures as FreSh takes them (official code, `src/spectum_utils.py`), and the 1-D spectrum
 * that the spectral-bias experiments look at. Plain arrays; no fast transform, since only low bins are needed.
 */

/** Complex number as [real, imaginary]. */
export type Complex = readonly [number, number];

/** k-th coefficient of the discrete Fourier transform, sum_i y_i exp(-2 pi i k i / N), not normalised. */
export function coefficient(y: ArrayLike<number>, k: number): Complex {
  const n = y.length;
  let [re, im] = [0, 0];
  for (let i = 0; i < n; i++) {
    // (k i) mod N keeps the angle small, and exact multiples of a turn exact.
    const angle = (2 * Math.PI * ((k * i) % n)) / n;
    re += (y[i] as number) * Math.cos(angle);
    im -= (y[i] as number) * Math.sin(angle);
  }
  return [re, im];
}

/** |a - b| of two complex numbers. */
export const distance = (a: Complex, b: Complex): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Magnitudes |Y_k| for k = 1..bins of a real signal of length N >= 2 bins. */
export function magnitudes(y: ArrayLike<number>, bins: number): number[] {
  return Array.from({ length: bins }, (_, i) => Math.hypot(...coefficient(y, i + 1)));
}

/**
 * FreSh's spectrum of a square grey picture, before normalisation: S_d = sum over i + j = d of |Y[i, j]|, d = 1..bins,
 * with Y the unnormalised 2-D transform. `bins` <= side / 2, else anti-diagonals would mix in negative frequencies.
 *
 * Only the quadrant of non-negative frequencies enters, so a wave with one positive and one negative frequency is
 * invisible below bin `side`: a property of the official code that the page shows.
 */
export function antiDiagonalSums(grey: ArrayLike<number>, side: number, bins: number): number[] {
  if (bins > side / 2) throw new RangeError(`${bins} bins need a picture of ${2 * bins} pixels; this one has ${side}.`);
  const sums = new Array<number>(bins + 1).fill(0);
  const quadrant = quadrantMagnitudes(grey, side, bins);
  for (let i = 0; i <= bins; i++) {
    for (let j = 0; i + j <= bins; j++)
      sums[i + j] = (sums[i + j] as number) + (quadrant[i * (bins + 1) + j] as number);
  }
  return sums.slice(1);
}

/** |Y[i, j]| for i, j = 0..last (row frequency i, column frequency j), row by row; rows first, then columns. */
export function quadrantMagnitudes(grey: ArrayLike<number>, side: number, last: number): Float64Array {
  const count = last + 1;
  const cos = Float64Array.from({ length: side }, (_, t) => Math.cos((2 * Math.PI * t) / side));
  const sin = Float64Array.from({ length: side }, (_, t) => Math.sin((2 * Math.PI * t) / side));
  const re = new Float64Array(side * count);
  const im = new Float64Array(side * count);
  for (let y = 0; y < side; y++) {
    for (let j = 0; j < count; j++) {
      let [a, b] = [0, 0];
      for (let x = 0; x < side; x++) {
        const value = grey[y * side + x] as number;
        const t = (j * x) % side;
        a += value * (cos[t] as number);
        b -= value * (sin[t] as number);
      }
      re[y * count + j] = a;
      im[y * count + j] = b;
    }
  }
  const out = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let [a, b] = [0, 0];
      for (let y = 0; y < side; y++) {
        const t = (i * y) % side;
        const [c, s] = [cos[t] as number, sin[t] as number];
        const [p, q] = [re[y * count + j] as number, im[y * count + j] as number];
        a += p * c + q * s;
        b += q * c - p * s;
      }
      out[i * count + j] = Math.hypot(a, b);
    }
  }
  return out;
}

/** Scales a non-negative spectrum to sum 1; null if it is all zero (a constant signal has no spectrum). */
export function normalised(spectrum: readonly number[]): number[] | null {
  const total = spectrum.reduce((sum, s) => sum + s, 0);
  // A constant picture leaves rounding noise of about 1e-12 of its mean in every bin.
  return total > 1e-9 * spectrum.length ? spectrum.map((s) => s / total) : null;
}

/** Mean bin of a spectrum that sums to 1; its first bin is number 1. */
export const centroid = (spectrum: readonly number[]): number =>
  spectrum.reduce((sum, share, d) => sum + share * (d + 1), 0);
