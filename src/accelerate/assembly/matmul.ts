/**
 * Products of matrices of 32-bit floats, row by row in memory, for all four cases of transposition.
 *
 * B is packed into panels of 8 columns, A into groups of 4 rows, so that the innermost loop reads both in order; then a
 * group is multiplied with a panel at a time. Every entry is one running sum over k from zero. Compiled with FUSED = 0, each
 * product and each sum is rounded on its own: the same bits on every machine, and those of tfjs's own product of two matrices
 * without transposition. With FUSED = 1, both are rounded once where the machine can: faster, but bits of that machine.
 */

import { LANES, packFour, packPanel } from './pack';

/** Rows of op(A), and terms of the sums, worked on at a time: so much of A stays in the second cache. */
const ROWS: i32 = 256;
const TERMS: i32 = 256;

// @ts-ignore: decorator
@inline
function fma(x: v128, y: v128, z: v128): v128 {
  return FUSED ? f32x4.relaxed_madd(x, y, z) : f32x4.add(z, f32x4.mul(x, y));
}

/** The first `width` of 8 columns at `at`. */
// @ts-ignore: decorator
@inline
function get(at: usize, width: i32): v128 {
  if (width >= 4) return v128.load(at);
  let x = f32x4.splat(0);
  if (width > 0) x = f32x4.replace_lane(x, 0, load<f32>(at));
  if (width > 1) x = f32x4.replace_lane(x, 1, load<f32>(at, 4));
  if (width > 2) x = f32x4.replace_lane(x, 2, load<f32>(at, 8));
  return x;
}

// @ts-ignore: decorator
@inline
function put4(at: usize, x: v128, width: i32): void {
  if (width >= 4) {
    v128.store(at, x);
    return;
  }
  if (width > 0) store<f32>(at, f32x4.extract_lane(x, 0));
  if (width > 1) store<f32>(at, f32x4.extract_lane(x, 1), 4);
  if (width > 2) store<f32>(at, f32x4.extract_lane(x, 2), 8);
}

// @ts-ignore: decorator
@inline
function put(at: usize, lo: v128, hi: v128, width: i32): void {
  put4(at, lo, width);
  put4(at + 16, hi, width - 4);
}

/** A group of 4 rows, packed column by column at `a`, times one panel; added to `out` or, `fresh`, put there. */
function block4(
  a: usize,
  panel: usize,
  out: usize,
  outRow: usize,
  count: i32,
  width: i32,
  fresh: bool,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const o1 = out + outRow;
  const o2 = o1 + outRow;
  const o3 = o2 + outRow;
  if (!fresh) {
    c00 = get(out, width);
    c01 = get(out + 16, width - 4);
    c10 = get(o1, width);
    c11 = get(o1 + 16, width - 4);
    c20 = get(o2, width);
    c21 = get(o2 + 16, width - 4);
    c30 = get(o3, width);
    c31 = get(o3 + 16, width - 4);
  }
  for (let k = 0; k < count; k++) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    panel += 32;
    const x0 = v128.load32_splat(a);
    c00 = fma(x0, b0, c00);
    c01 = fma(x0, b1, c01);
    const x1 = v128.load32_splat(a, 4);
    c10 = fma(x1, b0, c10);
    c11 = fma(x1, b1, c11);
    const x2 = v128.load32_splat(a, 8);
    c20 = fma(x2, b0, c20);
    c21 = fma(x2, b1, c21);
    const x3 = v128.load32_splat(a, 12);
    c30 = fma(x3, b0, c30);
    c31 = fma(x3, b1, c31);
    a += 16;
  }
  put(out, c00, c01, width);
  put(o1, c10, c11, width);
  put(o2, c20, c21, width);
  put(o3, c30, c31, width);
}

function block1(a: usize, col: usize, panel: usize, out: usize, count: i32, width: i32, fresh: bool): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  if (!fresh) {
    c0 = get(out, width);
    c1 = get(out + 16, width - 4);
  }
  for (let k = 0; k < count; k++) {
    const x = v128.load32_splat(a);
    c0 = fma(x, v128.load(panel), c0);
    c1 = fma(x, v128.load(panel, 16), c1);
    panel += 32;
    a += col;
  }
  put(out, c0, c1, width);
}

/**
 * out [batch, M, N] = op(A) op(B). A is [M, K], or [K, M] where transposed; B is [K, N], or [N, K]. `nextA` and `nextB`
 * are the floats from one matrix of the batch to the next, 0 where all share one. `scratch` holds (8 + 256) x 256 floats.
 */
export function matmul(
  a: usize,
  b: usize,
  out: usize,
  batch: i32,
  nextA: i32,
  nextB: i32,
  M: i32,
  N: i32,
  K: i32,
  transposeA: i32,
  transposeB: i32,
  scratch: usize,
): void {
  const row = transposeA ? <usize>4 : <usize>K << 2;
  const col = transposeA ? <usize>M << 2 : <usize>4;
  const outRow = <usize>N << 2;
  const rowB = transposeB ? <usize>4 : <usize>N << 2;
  const packed = scratch + ((<usize>LANES * TERMS) << 2);
  for (let at = 0; at < batch; at++) {
    for (let m0 = 0; m0 < M; m0 += ROWS) {
      const mEnd = min(m0 + ROWS, M);
      for (let k0 = 0; k0 < K; k0 += TERMS) {
        const count = min(TERMS, K - k0);
        const fresh = k0 == 0;
        const first = a + <usize>m0 * row + <usize>k0 * col;
        const group = <usize>count << 4;
        for (let m = 0; m + 4 <= mEnd - m0; m += 4) {
          const from = first + <usize>m * row;
          const to = packed + <usize>(m >> 2) * group;
          if (!transposeA) packFour(from, row, to, 16, count);
          else for (let k = 0; k < count; k++) v128.store(to + (<usize>k << 4), v128.load(from + <usize>k * col));
        }
        for (let n = 0; n < N; n += LANES) {
          packPanel(b + <usize>k0 * rowB, scratch, n, count, K, N, transposeB);
          const width = min(N - n, LANES);
          let to = out + <usize>m0 * outRow + (<usize>n << 2);
          let from = packed;
          let m = m0;
          for (; m + 4 <= mEnd; m += 4) {
            block4(from, scratch, to, outRow, count, width, fresh);
            from += group;
            to += outRow << 2;
          }
          for (; m < mEnd; m++) {
            block1(first + <usize>(m - m0) * row, col, scratch, to, count, width, fresh);
            to += outRow;
          }
        }
      }
    }
    a += <usize>nextA << 2;
    b += <usize>nextB << 2;
    out += <usize>(M * N) << 2;
  }
}
