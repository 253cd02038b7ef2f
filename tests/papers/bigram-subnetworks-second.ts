/** A second implementation of the language model and its loss: plain loops in float64, written from the equations. */
import { layout, type Shape } from '../../content/papers/bigram-subnetworks/layout';

type Rows = number[][];

/** Reads matrices and vectors by name from flat weights. */
function reader(shape: Shape, flat: ArrayLike<number>) {
  const entries = new Map(layout(shape).map((entry) => [entry.name, entry]));
  return (name: string): Rows => {
    const entry = entries.get(name);
    if (!entry) throw new Error(name);
    const columns = entry.shape.at(-1) as number;
    return Array.from({ length: entry.size / columns }, (_, r) =>
      Array.from({ length: columns }, (_, c) => flat[entry.offset + r * columns + c] as number),
    );
  };
}

const at = (rows: Rows, r: number, c: number) => (rows[r] as number[])[c] as number;
const affine = (x: number[], W: Rows, [b]: Rows) =>
  (b as number[]).map((bias, o) => x.reduce((sum, v, i) => sum + v * at(W, i, o), bias));

function norm(x: number[], [gain]: Rows, [bias]: Rows) {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
  return x.map(
    (v, i) => ((v - mean) / Math.sqrt(variance + 1e-5)) * at([gain as number[]], 0, i) + at([bias as number[]], 0, i),
  );
}

const gelu = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const softmax = (z: number[]) => {
  const total = z.reduce((sum, v) => sum + Math.exp(v), 0);
  return z.map((v) => Math.exp(v) / total);
};

/** Next-token distributions at each position of one sequence. */
export function predictions(shape: Shape, flat: ArrayLike<number>, tokens: readonly number[]): Rows {
  const read = reader(shape, flat);
  const d = shape.width;
  const w = d / shape.heads;
  let h = tokens.map((token, t) =>
    Array.from({ length: d }, (_, k) => at(read('embedding'), token, k) + at(read('position'), t, k)),
  );
  for (let l = 0; l < shape.layers; l++) {
    const p = (name: string) => read(`block${l}.${name}`);
    const qkv = h.map((x) => affine(norm(x, p('norm1.gain'), p('norm1.bias')), p('qkv'), p('qkv.bias')));
    const heads = (x: number[] | undefined, part: number, head: number) =>
      (x as number[]).slice(part * d + head * w, part * d + (head + 1) * w);
    h = h.map((x, t) => {
      const mixed: number[] = [];
      for (let head = 0; head < shape.heads; head++) {
        const q = heads(qkv[t], 0, head);
        const seen = qkv.slice(0, t + 1);
        const looks = softmax(
          seen.map(
            (other) => heads(other, 1, head).reduce((sum, k, i) => sum + k * (q[i] as number), 0) / Math.sqrt(w),
          ),
        );
        for (let i = 0; i < w; i++) {
          mixed.push(
            seen.reduce((sum, other, s) => sum + (looks[s] as number) * (heads(other, 2, head)[i] as number), 0),
          );
        }
      }
      const out = affine(mixed, p('out'), p('out.bias'));
      return x.map((v, k) => v + (out[k] as number));
    });
    h = h.map((x) => {
      const inner = affine(norm(x, p('norm2.gain'), p('norm2.bias')), p('up'), p('up.bias')).map(gelu);
      const out = affine(inner, p('down'), p('down.bias'));
      return x.map((v, k) => v + (out[k] as number));
    });
  }
  return h.map((x) => {
    const last = norm(x, read('norm.gain'), read('norm.bias'));
    return softmax(read('embedding').map((row) => row.reduce((sum, e, k) => sum + e * (last[k] as number), 0)));
  });
}

/** Mean cross-entropy in nats to rows `targetRows` of `table` [V, V]; sequences of T tokens in a row. */
export function loss(
  shape: Shape,
  flat: ArrayLike<number>,
  tokens: Int32Array,
  table: ArrayLike<number>,
  targetRows: Int32Array,
): number {
  const { context: T, vocabulary: V } = shape;
  let sum = 0;
  for (let from = 0; from < tokens.length; from += T) {
    predictions(shape, flat, Array.from(tokens.subarray(from, from + T))).forEach((q, t) => {
      q.forEach((prob, w) => {
        sum -= (table[(targetRows[from + t] as number) * V + w] as number) * Math.log(prob);
      });
    });
  }
  return sum / tokens.length;
}

/** Central differences of `f` at `x` in the coordinates `at`. */
export function differences(
  f: (x: Float64Array) => number,
  x: ArrayLike<number>,
  eps: number,
  at: readonly number[],
): number[] {
  const moved = Float64Array.from(x);
  return at.map((i) => {
    const value = moved[i] as number;
    moved[i] = value + eps;
    const above = f(moved);
    moved[i] = value - eps;
    const below = f(moved);
    moved[i] = value;
    return (above - below) / (2 * eps);
  });
}

/** Every `stride`-th number below `length`. */
export const every = (stride: number, length: number): number[] =>
  Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);

/** Largest difference, as a share of the largest entry of `expected`. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [worst, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs((actual[i] as number) - (expected[i] as number)));
    largest = Math.max(largest, Math.abs(expected[i] as number));
  }
  return actual.length === expected.length ? worst / largest : Number.POSITIVE_INFINITY;
}
