/**
 * Sine and cosine of 32-bit floats, two at a time in double precision, by the method and the constants of FreeBSD's sinf
 * and cosf: multiples of pi / 2 are taken off, and polynomials give the rest on [-pi / 4, pi / 4]. Nearly always the
 * nearest float, where tfjs's own differ from it by several.
 */

/** JavaScript's own, for what is far from zero. A library here would bring tables, which would lie in tfjs's memory. */
// @ts-ignore: decorator
@external('env', 'sin')
declare function farSine(x: f64): f64;
// @ts-ignore: decorator
@external('env', 'cos')
declare function farCosine(x: f64): f64;

/** Up to here multiples of pi / 2 are taken off as one number, beyond as a sum of two. */
const NEAR: f32 = reinterpret<f32>(0x40e231d5);
/** Up to here two numbers suffice: 2^28 pi / 2. Beyond, and for what is no number, one value at a time. */
const FAR: f32 = reinterpret<f32>(0x4dc90fdb);
/** Smaller values are their own sine. */
const TINY: f32 = reinterpret<f32>(0x39800000);
/** Odd multiples of pi / 4, where the next multiple of pi / 2 becomes the nearest. */
const T1: f32 = reinterpret<f32>(0x3f490fda);
const T2: f32 = reinterpret<f32>(0x4016cbe3);
const T3: f32 = reinterpret<f32>(0x407b53d1);
const T4: f32 = reinterpret<f32>(0x40afeddf);

const HALF_PI: f64 = 1.5707963267948966;
const HALF_PI_HIGH: f64 = 1.57079631090164184570e+0;
const HALF_PI_LOW: f64 = 1.58932547735281966916e-8;
const INVERSE: f64 = 6.36619772367581382433e-1;
/** Adding and taking off 1.5 x 2^52 rounds to a whole number. */
const ROUND: f64 = 6755399441055744;

const S1: f64 = -0.166666666416265235595;
const S2: f64 = 0.0083333293858894631756;
const S3: f64 = -0.000198393348360966317347;
const S4: f64 = 0.0000027183114939898219064;
const C0: f64 = -0.499999997251031003120;
const C1: f64 = 0.0416666233237390631894;
const C2: f64 = -0.00138867637746099294692;
const C3: f64 = 0.0000243904487962774090654;

// @ts-ignore: decorator
@inline
function sine(x: v128, z: v128, w: v128): v128 {
  const r = f64x2.add(f64x2.splat(S3), f64x2.mul(z, f64x2.splat(S4)));
  const s = f64x2.mul(z, x);
  const low = f64x2.mul(s, f64x2.add(f64x2.splat(S1), f64x2.mul(z, f64x2.splat(S2))));
  return f64x2.add(f64x2.add(x, low), f64x2.mul(f64x2.mul(s, w), r));
}

// @ts-ignore: decorator
@inline
function cosine(z: v128, w: v128): v128 {
  const r = f64x2.add(f64x2.splat(C2), f64x2.mul(z, f64x2.splat(C3)));
  const low = f64x2.add(f64x2.add(f64x2.splat(1), f64x2.mul(z, f64x2.splat(C0))), f64x2.mul(w, f64x2.splat(C1)));
  return f64x2.add(low, f64x2.mul(f64x2.mul(w, z), r));
}

/** Sine of `x`, or its cosine where `turn` is 1, for two values of size up to FAR, given without their signs. */
// @ts-ignore: decorator
@inline
function pair(x: v128, quarters: v128, near: v128, turn: i32): v128 {
  const count = f64x2.convert_low_i32x4_s(quarters);
  const once = f64x2.sub(x, f64x2.mul(count, f64x2.splat(HALF_PI)));
  const rounded = f64x2.sub(f64x2.add(f64x2.mul(x, f64x2.splat(INVERSE)), f64x2.splat(ROUND)), f64x2.splat(ROUND));
  const twice = f64x2.sub(
    f64x2.sub(x, f64x2.mul(rounded, f64x2.splat(HALF_PI_HIGH))),
    f64x2.mul(rounded, f64x2.splat(HALF_PI_LOW)),
  );
  const y = v128.bitselect(once, twice, near);
  const n = i64x2.add(
    i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(v128.bitselect(count, rounded, near))),
    i64x2.splat(turn),
  );
  const z = f64x2.mul(y, y);
  const w = f64x2.mul(z, z);
  const odd = i64x2.eq(v128.and(n, i64x2.splat(1)), i64x2.splat(1));
  const value = v128.bitselect(cosine(z, w), sine(y, z, w), odd);
  // In the second half of a turn the sign changes.
  return v128.xor(value, i64x2.shl(v128.and(n, i64x2.splat(2)), 62));
}

// @ts-ignore: decorator
@inline
function wide(mask: v128, high: bool): v128 {
  return high ? v128.shuffle<i32>(mask, mask, 2, 2, 3, 3) : v128.shuffle<i32>(mask, mask, 0, 0, 1, 1);
}

// @ts-ignore: decorator
@inline
function four(x: v128, turn: i32): v128 {
  const size = f32x4.abs(x);
  const near = f32x4.le(size, f32x4.splat(NEAR));
  // Comparisons give -1 where they hold.
  const quarters = i32x4.neg(
    i32x4.add(
      i32x4.add(f32x4.gt(size, f32x4.splat(T1)), f32x4.gt(size, f32x4.splat(T2))),
      i32x4.add(f32x4.gt(size, f32x4.splat(T3)), f32x4.gt(size, f32x4.splat(T4))),
    ),
  );
  const low = pair(f64x2.promote_low_f32x4(size), quarters, wide(near, false), turn);
  const above = v128.shuffle<i32>(size, size, 2, 3, 2, 3);
  const aboveQuarters = v128.shuffle<i32>(quarters, quarters, 2, 3, 2, 3);
  const high = pair(f64x2.promote_low_f32x4(above), aboveQuarters, wide(near, true), turn);
  const value = v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
  if (turn == 1) return value;
  const signed = v128.xor(value, v128.and(x, i32x4.splat(i32.MIN_VALUE)));
  return v128.bitselect(x, signed, f32x4.lt(size, f32x4.splat(TINY)));
}

// @ts-ignore: decorator
@inline
function wave(x: usize, out: usize, size: i32, turn: i32): void {
  let i = 0;
  while (i < size) {
    if (i + 4 <= size) {
      const v = v128.load(x);
      if (i32x4.all_true(f32x4.lt(f32x4.abs(v), f32x4.splat(FAR)))) {
        v128.store(out, four(v, turn));
        i += 4;
        x += 16;
        out += 16;
        continue;
      }
    }
    const v = load<f32>(x);
    const inReach = abs<f32>(v) < FAR;
    const single = inReach ? f32x4.extract_lane(four(f32x4.splat(v), turn), 0) : turn == 1 ? <f32>farCosine(v) : <f32>farSine(v);
    store<f32>(out, single);
    i++;
    x += 4;
    out += 4;
  }
}

/** out[i] = sin(x[i]), x in radians. */
export function sin(x: usize, out: usize, size: i32): void {
  wave(x, out, size, 0);
}

/** out[i] = cos(x[i]), x in radians. */
export function cos(x: usize, out: usize, size: i32): void {
  wave(x, out, size, 1);
}
