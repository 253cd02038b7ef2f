/** The affine map from one stage of the residual stream to another, by ridge regression, and how far it turns. */
import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';

/** Rows of `columns` numbers, one per token. */
export interface Rows {
  values: Float32Array;
  columns: number;
}

const meansOf = ({ values, columns }: Rows): Float64Array => {
  const sums = new Float64Array(columns);
  values.forEach((value, i) => {
    sums[i % columns] = (sums[i % columns] as number) + value;
  });
  return sums.map((sum) => (sum * columns) / values.length);
};

function centred({ values, columns }: Rows, means: Float64Array): Float64Array {
  const differences = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) differences[i] = (values[i] as number) - (means[i % columns] as number);
  return differences;
}

/** X^T Y for centred X [n, a] and Y [n, b]. */
function crossProduct(x: Float64Array, a: number, y: Float64Array, b: number): Matrix {
  const sum = new Float64Array(a * b);
  for (let n = 0; n < x.length / a; n++) {
    for (let i = 0; i < a; i++) {
      const xi = x[n * a + i] as number;
      // A product with itself is symmetric: half of it is enough.
      for (let j = x === y ? i : 0; j < b; j++)
        sum[i * b + j] = (sum[i * b + j] as number) + xi * (y[n * b + j] as number);
    }
  }
  if (x === y) for (let i = 0; i < a; i++) for (let j = 0; j < i; j++) sum[i * a + j] = sum[j * a + i] as number;
  return Matrix.from1DArray(a, b, sum);
}

/** y = x map + offset, which makes |y - x map - offset|^2 + alpha |map|^2 least; the offset is not penalised. */
export interface AffineMap {
  /** [columns of x, columns of y]. */
  map: Matrix;
  offset: Float64Array;
}

export function ridge(x: Rows, y: Rows, alpha: number): AffineMap {
  const [mx, my] = [meansOf(x), meansOf(y)];
  const [cx, cy] = [centred(x, mx), centred(y, my)];
  const gram = crossProduct(cx, x.columns, cx, x.columns);
  const map = solve(gram.add(Matrix.eye(x.columns).mul(alpha)), crossProduct(cx, x.columns, cy, y.columns));
  const carried = Matrix.rowVector(Array.from(mx)).mmul(map);
  return { map, offset: my.map((mean, j) => mean - carried.get(0, j)) };
}

/** Median over the eigenvalues of a square map of their absolute angle, in degrees: 0 for a mere stretch. */
export function medianAngle({ map }: AffineMap): number {
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(map);
  const angles = realEigenvalues
    .map((real, i) => (Math.abs(Math.atan2(imaginaryEigenvalues[i] as number, real)) * 180) / Math.PI)
    .sort((a, b) => a - b);
  const half = angles.length >> 1;
  return angles.length % 2 === 1
    ? (angles[half] as number)
    : ((angles[half - 1] as number) + (angles[half] as number)) / 2;
}

/** Covariance of the columns, less the common factor 1 / n. */
export function covariance(x: Rows): Matrix {
  const c = centred(x, meansOf(x));
  return crossProduct(c, x.columns, c, x.columns);
}

/** <A, B> / (|A| |B|) in the Frobenius inner product: 1 where two covariances are multiples of each other. */
export function cosine(a: Matrix, b: Matrix): number {
  const inner = (x: Matrix, y: Matrix) => {
    const other = y.to1DArray();
    return x.to1DArray().reduce((sum, value, i) => sum + value * (other[i] as number), 0);
  };
  return inner(a, b) / Math.sqrt(inner(a, a) * inner(b, b));
}
