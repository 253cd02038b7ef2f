/**
 * Two kinds of random pictures that differ in nothing but their spectra, and what the best gains can do for either: the
 * Wiener filter, in closed form.
 */
import type { Stream } from '#lab/random';

export interface Kinds {
  side: number;
  /** S_t of each kind: variance of each cosine coefficient, [side * side]; their mean is 1. */
  spectra: readonly [Float64Array, Float64Array];
  /** σ, standard deviation of white noise. */
  noise: number;
}

const at = (xs: ArrayLike<number>, i: number) => xs[i] as number;

function scaled(side: number, shape: (f: number) => number): Float64Array {
  const raw = Float64Array.from({ length: side ** 2 }, (_, j) => shape(Math.hypot(Math.floor(j / side), j % side)));
  const mean = raw.reduce((a, b) => a + b) / raw.length;
  return raw.map((s) => s / mean);
}

/** Smooth blobs, and gratings of about ten half-waves; `overlap` in [0, 1] mixes the first spectrum into the second. */
export function kindsOf(side: number, noise: number, overlap: number): Kinds {
  const smooth = scaled(side, (f) => Math.exp((-f * f) / (2 * 2.5 ** 2)));
  const grating = scaled(side, (f) => Math.exp(-((f - 10) ** 2) / (2 * 2 ** 2)));
  return { side, noise, spectra: [smooth, grating.map((s, k) => overlap * at(smooth, k) + (1 - overlap) * s)] };
}

/** S / (S + σ²): the gain with the least mean squared error, frequency by frequency. */
export const wiener = (spectrum: Float64Array, noise: number): Float64Array =>
  spectrum.map((s) => s / (s + noise * noise));

/** Mean over the frequencies of S σ² / (S + σ²), what that gain leaves. */
export const wienerError = (spectrum: Float64Array, noise: number): number =>
  spectrum.reduce((sum, s) => sum + (s * noise * noise) / (s + noise * noise), 0) / spectrum.length;

/** The average spectrum, which is all that one filter for both kinds can go by. */
export const together = ({ spectra: [a, b] }: Kinds): Float64Array => a.map((s, k) => (s + at(b, k)) / 2);

/** The least errors of one filter for both kinds, and of one for each. By Jensen's inequality the first is no smaller. */
export const bounds = (kinds: Kinds) => ({
  fixed: wienerError(together(kinds), kinds.noise),
  dynamic: (wienerError(kinds.spectra[0], kinds.noise) + wienerError(kinds.spectra[1], kinds.noise)) / 2,
});

export interface Batch {
  /** Cosine coefficients without and with noise, [count, side * side]. White noise is white in any orthogonal basis. */
  clean: Float32Array;
  noisy: Float32Array;
  /** Kind of each picture, 0 or 1: they take turns. */
  kind: Uint8Array;
}

export function draw(stream: Stream, { side, spectra, noise }: Kinds, count: number): Batch {
  const size = side ** 2;
  const kind = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const roots = spectra.map((s) => s.map(Math.sqrt)) as [Float64Array, Float64Array];
  const clean = stream
    .normal(count * size, 0, 1)
    .map((x, j) => x * at(roots[at(kind, Math.floor(j / size)) as 0 | 1], j % size));
  const noisy = stream.normal(count * size, 0, noise).map((x, j) => x + at(clean, j));
  return { clean, noisy, kind };
}

/** Mean squared error of the best gain for each picture's own kind, on these very pictures. */
export function oracleError({ clean, noisy, kind }: Batch, kinds: Kinds): number {
  const size = kinds.side ** 2;
  const gains = kinds.spectra.map((s) => wiener(s, kinds.noise)) as [Float64Array, Float64Array];
  return (
    clean.reduce((sum, c, j) => {
      const gain = at(gains[at(kind, Math.floor(j / size)) as 0 | 1], j % size);
      return sum + (gain * at(noisy, j) - c) ** 2;
    }, 0) / clean.length
  );
}
