/** Updates of optimizers in place, in one pass over memory. Operations and their order are those of tfjs's optimizers. */

/**
 * Adam (Kingma and Ba, algorithm 1) on `size` values w with gradient g and moments m, v. `rest1` = 1 - beta1 and
 * `rest2` are given, since tfjs rounds them on their own; `power1` and `power2` point to beta1^t and beta2^t.
 */
export function adam(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  size: i32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  power1: usize,
  power2: usize,
  epsilon: f32,
  minusRate: f32,
): void {
  const b1 = f32x4.splat(beta1);
  const r1 = f32x4.splat(rest1);
  const b2 = f32x4.splat(beta2);
  const r2 = f32x4.splat(rest2);
  const left1: f32 = 1 - load<f32>(power1);
  const left2: f32 = 1 - load<f32>(power2);
  const l1 = f32x4.splat(left1);
  const l2 = f32x4.splat(left2);
  const e = f32x4.splat(epsilon);
  const rate = f32x4.splat(minusRate);
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    const grad = v128.load(g);
    const first = f32x4.add(f32x4.mul(v128.load(m), b1), f32x4.mul(grad, r1));
    const second = f32x4.add(f32x4.mul(v128.load(v), b2), f32x4.mul(f32x4.mul(grad, grad), r2));
    v128.store(m, first);
    v128.store(v, second);
    const ratio = f32x4.div(f32x4.div(first, l1), f32x4.add(f32x4.sqrt(f32x4.div(second, l2)), e));
    v128.store(w, f32x4.add(f32x4.mul(ratio, rate), v128.load(w)));
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
  for (; i < size; i++) {
    const grad = load<f32>(g);
    const first = load<f32>(m) * beta1 + grad * rest1;
    const second = load<f32>(v) * beta2 + grad * grad * rest2;
    store<f32>(m, first);
    store<f32>(v, second);
    const ratio = first / left1 / (sqrt<f32>(second / left2) + epsilon);
    store<f32>(w, ratio * minusRate + load<f32>(w));
    w += 4;
    g += 4;
    m += 4;
    v += 4;
  }
}

/** x *= factor, for one value: how the powers of Adam's betas grow. */
export function scale(x: usize, factor: f32): void {
  store<f32>(x, load<f32>(x) * factor);
}

/** w += minusRate g: one step of gradient descent. */
export function descend(w: usize, g: usize, size: i32, minusRate: f32): void {
  const rate = f32x4.splat(minusRate);
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    v128.store(w, f32x4.add(f32x4.mul(rate, v128.load(g)), v128.load(w)));
    w += 16;
    g += 16;
  }
  for (; i < size; i++) {
    store<f32>(w, minusRate * load<f32>(g) + load<f32>(w));
    w += 4;
    g += 4;
  }
}
