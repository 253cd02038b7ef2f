/** Operands of a product, rearranged so that its innermost loop reads them in order. */

/** Columns of a panel. */
export const LANES: i32 = 8;

/**
 * Writes `count` values of four rows, `stride` bytes apart, across: four at a time, one of each row, every `pitch` bytes
 * from `to`.
 */
// @ts-ignore: decorator
@inline
export function packFour(rows: usize, stride: usize, to: usize, pitch: usize, count: i32): void {
  const r1 = rows + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const at = <usize>k << 2;
    const x0 = v128.load(rows + at);
    const x1 = v128.load(r1 + at);
    const x2 = v128.load(r2 + at);
    const x3 = v128.load(r3 + at);
    const a0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const a1 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const a2 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const a3 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(a0, a1, 0, 1, 4, 5));
    v128.store(to + pitch, v128.shuffle<f32>(a0, a1, 2, 3, 6, 7));
    v128.store(to + 2 * pitch, v128.shuffle<f32>(a2, a3, 0, 1, 4, 5));
    v128.store(to + 3 * pitch, v128.shuffle<f32>(a2, a3, 2, 3, 6, 7));
    to += 4 * pitch;
  }
  for (; k < count; k++) {
    const at = <usize>k << 2;
    store<f32>(to, load<f32>(rows + at));
    store<f32>(to, load<f32>(r1 + at), 4);
    store<f32>(to, load<f32>(r2 + at), 8);
    store<f32>(to, load<f32>(r3 + at), 12);
    to += pitch;
  }
}

/**
 * Packs columns [n, n + 8) of `count` rows of op(B) to `to` [count, 8]; columns beyond N are zero. `b` is the first of
 * those rows in [K, N], or the first of those columns in [N, K] where transposed.
 */
export function packPanel(b: usize, to: usize, n: i32, count: i32, K: i32, N: i32, transposed: i32): void {
  const width = min(N - n, LANES);
  if (!transposed) {
    let from = b + (<usize>n << 2);
    const stride = <usize>N << 2;
    if (width == LANES) {
      for (let k = 0; k < count; k++) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        from += stride;
        to += 32;
      }
      return;
    }
    for (let k = 0; k < count; k++) {
      v128.store(to, f32x4.splat(0));
      v128.store(to, f32x4.splat(0), 16);
      for (let j = 0; j < width; j++) store<f32>(to + (<usize>j << 2), load<f32>(from + (<usize>j << 2)));
      from += stride;
      to += 32;
    }
    return;
  }
  const stride = <usize>K << 2;
  for (let j = 0; j < LANES; j += 4) {
    const rows = b + <usize>(n + j) * stride;
    let out = to + (<usize>j << 2);
    if (j + 4 <= width) {
      packFour(rows, stride, out, 32, count);
      continue;
    }
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < 4; i++) {
        const x: f32 = j + i < width ? load<f32>(rows + <usize>i * stride + (<usize>k << 2)) : 0;
        store<f32>(out + (<usize>i << 2), x);
      }
      out += 32;
    }
  }
}
