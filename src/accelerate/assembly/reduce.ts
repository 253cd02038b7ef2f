/** Sums. Each runs over its terms in order, from zero: the bits that tfjs's own kernel gives. */

/** out [outer, inner] = sum of x [outer, count, inner] over its middle axis. */
export function sumMiddle(x: usize, out: usize, outer: i32, count: i32, inner: i32): void {
  const row = <usize>inner << 2;
  if (inner == 1) {
    sumRows(x, out, outer, count);
    return;
  }
  for (let o = 0; o < outer; o++) {
    let j = 0;
    // 16 columns at a time, so that a line of memory is read whole.
    for (; j + 16 <= inner; j += 16) {
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let at = x + (<usize>j << 2);
      for (let i = 0; i < count; i++) {
        s0 = f32x4.add(s0, v128.load(at));
        s1 = f32x4.add(s1, v128.load(at, 16));
        s2 = f32x4.add(s2, v128.load(at, 32));
        s3 = f32x4.add(s3, v128.load(at, 48));
        at += row;
      }
      const to = out + (<usize>j << 2);
      v128.store(to, s0);
      v128.store(to, s1, 16);
      v128.store(to, s2, 32);
      v128.store(to, s3, 48);
    }
    for (; j + 4 <= inner; j += 4) {
      let s = f32x4.splat(0);
      let at = x + (<usize>j << 2);
      for (let i = 0; i < count; i++) {
        s = f32x4.add(s, v128.load(at));
        at += row;
      }
      v128.store(out + (<usize>j << 2), s);
    }
    for (; j < inner; j++) {
      let s: f32 = 0;
      let at = x + (<usize>j << 2);
      for (let i = 0; i < count; i++) {
        s += load<f32>(at);
        at += row;
      }
      store<f32>(out + (<usize>j << 2), s);
    }
    x += <usize>count * row;
    out += row;
  }
}

/** out [rows] = sum of x [rows, count] over its last axis; four rows at once, since a sum waits for each of its terms. */
function sumRows(x: usize, out: usize, rows: i32, count: i32): void {
  const row = <usize>count << 2;
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    let s0: f32 = 0;
    let s1: f32 = 0;
    let s2: f32 = 0;
    let s3: f32 = 0;
    let x1 = x + row;
    let x2 = x1 + row;
    let x3 = x2 + row;
    for (let i = 0; i < count; i++) {
      s0 += load<f32>(x);
      s1 += load<f32>(x1);
      s2 += load<f32>(x2);
      s3 += load<f32>(x3);
      x += 4;
      x1 += 4;
      x2 += 4;
      x3 += 4;
    }
    store<f32>(out, s0);
    store<f32>(out, s1, 4);
    store<f32>(out, s2, 8);
    store<f32>(out, s3, 12);
    out += 16;
    x += 3 * row;
  }
  for (; r < rows; r++) {
    let s: f32 = 0;
    for (let i = 0; i < count; i++) {
      s += load<f32>(x);
      x += 4;
    }
    store<f32>(out, s);
    out += 4;
  }
}
