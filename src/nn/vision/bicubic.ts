/**
 * Resizing one axis as PyTorch's `interpolate(mode="bicubic", align_corners=False)` does, which RaftMLP's code calls around
 * its mixers. As a matrix, because TensorFlow.js has no such operation: a picture X becomes `R_h X R_wᵀ`.
 */

/** The free parameter of the cubic convolution kernel, as PyTorch sets it. */
const A = -0.75;

/** The kernel at distance `t` >= 0 in source pixels; 0 from 2 on. */
export function cubicKernel(t: number): number {
  if (t <= 1) return ((A + 2) * t - (A + 3)) * t * t + 1;
  if (t < 2) return ((A * t - 5 * A) * t + 8 * A) * t - 4 * A;
  return 0;
}

/**
 * [to, from], row by row: entry `y * from + x` is the weight of source pixel x in target pixel y. Pixels are centred at
 * halves, what lies beyond an edge is the edge's pixel, and shrinking does not smooth before (no antialiasing).
 */
export function bicubicMatrix(from: number, to: number): Float64Array {
  const matrix = new Float64Array(to * from);
  for (let y = 0; y < to; y++) {
    const at = ((y + 0.5) * from) / to - 0.5;
    const left = Math.floor(at);
    for (let x = left - 1; x <= left + 2; x++) {
      const entry = y * from + Math.min(from - 1, Math.max(0, x));
      matrix[entry] = (matrix[entry] as number) + cubicKernel(Math.abs(at - x));
    }
  }
  return matrix;
}
