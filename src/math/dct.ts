/**
 * The orthonormal cosine transform (DCT-II) as a matrix, and radial bands of its frequencies. Own code: npm's `dct` is
 * unscaled, so that its inverse is not its transpose, and has no matrix, which is what tensors need at these sides.
 */

/** Matrices by their side: thousands of cosines that a live widget would compute anew with every frame. */
const made = new Map<number, Float64Array>();

/**
 * D [n, n] row by row: D[k, i] = sqrt(c_k / n) cos(pi (2 i + 1) k / (2 n)), c_0 = 1, else 2; D D^T = I. Shared by all who
 * ask, so nobody may write to it.
 */
export function dctMatrix(n: number): Float64Array {
  const known = made.get(n);
  if (known) return known;
  const at = (k: number, i: number) =>
    Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (2 * i + 1) * k) / (2 * n));
  const matrix = Float64Array.from({ length: n * n }, (_, j) => at(Math.floor(j / n), j % n));
  made.set(n, matrix);
  return matrix;
}

/** a [rows, inner] times b [inner, columns], row by row. */
function product(a: ArrayLike<number>, b: ArrayLike<number>, inner: number): Float64Array {
  const [rows, columns] = [a.length / inner, b.length / inner];
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let m = 0; m < inner; m++) {
      const scale = a[i * inner + m] as number;
      for (let j = 0; j < columns; j++)
        out[i * columns + j] = (out[i * columns + j] as number) + scale * (b[m * columns + j] as number);
    }
  }
  return out;
}

const transposed = (a: ArrayLike<number>, columns: number): Float64Array => {
  const rows = a.length / columns;
  return Float64Array.from({ length: a.length }, (_, j) => a[(j % rows) * columns + Math.floor(j / rows)] as number);
};

/** D_H X D_W^T of x [height, width]. */
export const dct2 = (x: ArrayLike<number>, height: number, width: number): Float64Array =>
  product(product(dctMatrix(height), x, height), transposed(dctMatrix(width), width), width);

/** D_H^T X D_W of a spectrum [height, width]: the inverse of {@link dct2}. */
export const inverseDct2 = (x: ArrayLike<number>, height: number, width: number): Float64Array =>
  product(product(transposed(dctMatrix(height), height), x, height), dctMatrix(width), width);

/**
 * For each frequency (k, l) of a map [height, width] the radial band that it lies in, 0 to `count - 1`: bands of equal
 * width in sqrt((k / height)² + (l / width)²), from 0 to the largest that the map has. Small maps leave bands empty.
 */
export function radialBands(height: number, width: number, count: number): Uint8Array {
  const radius = (k: number, l: number) => Math.hypot(k / height, l / width);
  const largest = radius(height - 1, width - 1) || 1;
  return Uint8Array.from({ length: height * width }, (_, j) =>
    Math.min(count - 1, Math.floor((count * radius(Math.floor(j / width), j % width)) / largest)),
  );
}
