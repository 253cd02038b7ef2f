/** Operations entry by entry on 32-bit floats, four at a time. Each entry has the bits that tfjs's own kernels give. */

export const ADD: i32 = 0;
export const SUB: i32 = 1;
export const MULTIPLY: i32 = 2;
export const DIVIDE: i32 = 3;
export const SQUARED_DIFFERENCE: i32 = 4;

// @ts-ignore: decorator
@inline
function both(op: i32, x: v128, y: v128): v128 {
  switch (op) {
    case ADD:
      return f32x4.add(x, y);
    case SUB:
      return f32x4.sub(x, y);
    case MULTIPLY:
      return f32x4.mul(x, y);
    case DIVIDE:
      return f32x4.div(x, y);
    default: {
      const d = f32x4.sub(x, y);
      return f32x4.mul(d, d);
    }
  }
}

// @ts-ignore: decorator
@inline
function both1(op: i32, x: f32, y: f32): f32 {
  switch (op) {
    case ADD:
      return x + y;
    case SUB:
      return x - y;
    case MULTIPLY:
      return x * y;
    case DIVIDE:
      return x / y;
    default:
      return (x - y) * (x - y);
  }
}

/** `op` is a constant at every call, so that each compiles to loops of its own. */
// @ts-ignore: decorator
@inline
function rows(
  op: i32,
  a: usize,
  b: usize,
  out: usize,
  n0: i32,
  n1: i32,
  n2: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  b0: i32,
  b1: i32,
  b2: i32,
): void {
  for (let h = 0; h < n0; h++) {
    for (let i = 0; i < n1; i++) {
      let x = a + (<usize>(h * a0 + i * a1) << 2);
      let y = b + (<usize>(h * b0 + i * b1) << 2);
      let j = 0;
      if (a2 == 0) {
        const all = v128.load32_splat(x);
        for (; j + 4 <= n2; j += 4) {
          v128.store(out, both(op, all, v128.load(y)));
          y += 16;
          out += 16;
        }
      } else if (b2 == 0) {
        const all = v128.load32_splat(y);
        for (; j + 4 <= n2; j += 4) {
          v128.store(out, both(op, v128.load(x), all));
          x += 16;
          out += 16;
        }
      } else {
        for (; j + 4 <= n2; j += 4) {
          v128.store(out, both(op, v128.load(x), v128.load(y)));
          x += 16;
          y += 16;
          out += 16;
        }
      }
      for (; j < n2; j++) {
        store<f32>(out, both1(op, load<f32>(x), load<f32>(y)));
        x += <usize>a2 << 2;
        y += <usize>b2 << 2;
        out += 4;
      }
    }
  }
}

/**
 * out [n0, n1, n2] = a `op` b. `a0` to `a2` and `b0` to `b2` are how many floats apart neighbours along an axis are: 0
 * where an operand has one value for the whole axis. Along the last axis that is 0 for one operand at most, or else 1.
 */
export function binary(
  op: i32,
  a: usize,
  b: usize,
  out: usize,
  n0: i32,
  n1: i32,
  n2: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  b0: i32,
  b1: i32,
  b2: i32,
): void {
  switch (op) {
    case ADD:
      return rows(ADD, a, b, out, n0, n1, n2, a0, a1, a2, b0, b1, b2);
    case SUB:
      return rows(SUB, a, b, out, n0, n1, n2, a0, a1, a2, b0, b1, b2);
    case MULTIPLY:
      return rows(MULTIPLY, a, b, out, n0, n1, n2, a0, a1, a2, b0, b1, b2);
    case DIVIDE:
      return rows(DIVIDE, a, b, out, n0, n1, n2, a0, a1, a2, b0, b1, b2);
    default:
      return rows(SQUARED_DIFFERENCE, a, b, out, n0, n1, n2, a0, a1, a2, b0, b1, b2);
  }
}

/** out[i] = x[i] squared. */
export function square(x: usize, out: usize, size: i32): void {
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    const v = v128.load(x);
    v128.store(out, f32x4.mul(v, v));
    x += 16;
    out += 16;
  }
  for (; i < size; i++) {
    const v = load<f32>(x);
    store<f32>(out, v * v);
    x += 4;
    out += 4;
  }
}

/** out[i] = 1 where x[i] > 0, `alpha` elsewhere; NaN stays. */
export function stepOf(x: usize, out: usize, size: i32, alpha: f32): void {
  const one = f32x4.splat(1);
  const low = f32x4.splat(alpha);
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    const v = v128.load(x);
    const cut = v128.bitselect(one, low, f32x4.gt(v, zero));
    v128.store(out, v128.bitselect(cut, v, f32x4.eq(v, v)));
    x += 16;
    out += 16;
  }
  for (; i < size; i++) {
    const v = load<f32>(x);
    store<f32>(out, v != v ? v : v > 0 ? 1 : alpha);
    x += 4;
    out += 4;
  }
}
