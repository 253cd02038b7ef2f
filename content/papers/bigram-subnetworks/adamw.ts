/** AdamW (Loshchilov and Hutter 2019) as PyTorch has it, on one flat array. */

export interface AdamW {
  /** Running means of the gradient and of its square. */
  first: Float32Array;
  second: Float32Array;
  /** Steps taken. */
  steps: number;
}

export interface AdamWRates {
  rate: number;
  beta1: number;
  beta2: number;
  /** Each step takes this share, times the rate, off every number. */
  decay: number;
}

const EPSILON = 1e-8;

export const startAdamW = (size: number): AdamW => ({
  first: new Float32Array(size),
  second: new Float32Array(size),
  steps: 0,
});

/** One step down `gradient`, in place. */
export function stepAdamW(state: AdamW, values: Float32Array, gradient: Float32Array, rates: AdamWRates): void {
  const { rate, beta1, beta2, decay } = rates;
  const { first, second } = state;
  state.steps++;
  const size = rate / (1 - beta1 ** state.steps);
  const correction = 1 / (1 - beta2 ** state.steps);
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i] as number;
    const m = beta1 * (first[i] as number) + (1 - beta1) * g;
    const v = beta2 * (second[i] as number) + (1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    values[i] = (values[i] as number) * (1 - rate * decay) - (size * m) / (Math.sqrt(v * correction) + EPSILON);
  }
}

/** Scales `gradient` in place so that its Euclidean norm is at most `most`; returns the norm it had. */
export function clip(gradient: Float32Array, most: number): number {
  let sum = 0;
  for (const g of gradient) sum += g * g;
  const norm = Math.sqrt(sum);
  if (norm > most) for (let i = 0; i < gradient.length; i++) gradient[i] = ((gradient[i] as number) * most) / norm;
  return norm;
}
