/** Moving 32-bit values about without changing them. */

/** Copies `bytes` bytes. */
export function copy(from: usize, to: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}

/**
 * Copies an array of four axes (sizes n0 to n3) between two layouts: `x0` to `x3` and `y0` to `y3` are how many values
 * apart neighbours along an axis are. Transposing, slicing and joining are all of this kind.
 */
export function copyStrided(
  x: usize,
  y: usize,
  n0: i32,
  n1: i32,
  n2: i32,
  n3: i32,
  x0: i32,
  x1: i32,
  x2: i32,
  x3: i32,
  y0: i32,
  y1: i32,
  y2: i32,
  y3: i32,
): void {
  for (let i = 0; i < n0; i++) {
    for (let j = 0; j < n1; j++) {
      for (let k = 0; k < n2; k++) {
        let from = x + (<usize>(i * x0 + j * x1 + k * x2) << 2);
        let to = y + (<usize>(i * y0 + j * y1 + k * y2) << 2);
        let l = 0;
        if (x3 == 1 && y3 == 1) {
          for (; l + 4 <= n3; l += 4) {
            v128.store(to, v128.load(from));
            from += 16;
            to += 16;
          }
        }
        for (; l < n3; l++) {
          store<u32>(to, load<u32>(from));
          from += <usize>x3 << 2;
          to += <usize>y3 << 2;
        }
      }
    }
  }
}

/** out [segments, width], zero before: row ids[i] gains row i of x [count, width]. The gradient of gathering rows. */
export function addRows(x: usize, ids: usize, out: usize, count: i32, segments: i32, width: i32): void {
  const row = <usize>width << 2;
  memory.fill(out, 0, <usize>segments * row);
  for (let i = 0; i < count; i++) {
    const id = load<i32>(ids + (<usize>i << 2));
    // tfjs leaves out what belongs to no segment.
    if (id < 0 || id >= segments) continue;
    let from = x + <usize>i * row;
    let to = out + <usize>id * row;
    let j = 0;
    for (; j + 4 <= width; j += 4) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
      from += 16;
      to += 16;
    }
    for (; j < width; j++) {
      store<f32>(to, load<f32>(to) + load<f32>(from));
      from += 4;
      to += 4;
    }
  }
}
