/** Trains a language model on the corpus. Stops and goes on exactly: batches depend on the seed and the step alone. */
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { crossEntropy } from '#nn/layers';
import { type AdamW, clip, startAdamW, stepAdamW } from '../adamw';
import { lossAndGradient } from '../gradient';
import type { Shape } from '../layout';
import { logitsOf, startWeights, weightsOf } from '../model';
import { pickRows } from '../rows';

export interface Schedule {
  seed: number;
  /** Updates of a full run. */
  steps: number;
  /** Sequences in a batch. */
  batch: number;
  /** Largest rate; reached after `warmUp` steps, then down a half cosine to a tenth. */
  rate: number;
  warmUp: number;
  beta1: number;
  beta2: number;
  decay: number;
  /** The gradient's norm is held to this. */
  clip: number;
}

export const schedule: Omit<Schedule, 'steps' | 'batch'> = {
  seed: 1,
  rate: 3e-3,
  warmUp: 200,
  beta1: 0.9,
  beta2: 0.98,
  decay: 0.05,
  clip: 1,
};

export interface Training {
  weights: Float32Array;
  optimiser: AdamW;
  /** Loss of each batch so far, in nats per token. */
  losses: number[];
  /** Wall time so far. */
  seconds: number;
}

export function startTraining(shape: Shape, { seed }: Schedule): Training {
  const weights = startWeights(shape, randomFrom(seed));
  return { weights, optimiser: startAdamW(weights.length), losses: [], seconds: 0 };
}

export function rateAt(step: number, { rate, warmUp, steps }: Schedule): number {
  if (step < warmUp) return (rate * (step + 1)) / warmUp;
  return rate * (0.1 + 0.45 * (1 + Math.cos((Math.PI * (step - warmUp)) / (steps - warmUp))));
}

/** V rows with a single 1: cross-entropy to them is that to the token itself. */
export const oneHotRows = (V: number): Float32Array =>
  Float32Array.from({ length: V * V }, (_, i) => (i % (V + 1) === 0 ? 1 : 0));

/** `batch` windows of T tokens at random places of the text, and the token after each. */
export function drawBatch(tokens: Uint16Array, batch: number, T: number, seed: number, step: number) {
  const places = randomFrom(seed)(`batch ${step}`);
  const inputs = new Int32Array(batch * T);
  const next = new Int32Array(batch * T);
  for (let b = 0; b < batch; b++) {
    const from = places.index(tokens.length - T);
    inputs.set(tokens.subarray(from, from + T), b * T);
    next.set(tokens.subarray(from + 1, from + 1 + T), b * T);
  }
  return { inputs, next };
}

/** One update, in place. */
export function trainStep(shape: Shape, plan: Schedule, state: Training, tokens: Uint16Array, rows: Float32Array) {
  const step = state.losses.length;
  const { inputs, next } = drawBatch(tokens, plan.batch, shape.context, plan.seed, step);
  const { loss, gradient } = lossAndGradient(shape, state.weights, inputs, rows, next);
  clip(gradient, plan.clip);
  stepAdamW(state.optimiser, state.weights, gradient, { ...plan, rate: rateAt(step, plan) });
  state.losses.push(loss);
}

/** Cross-entropy, in nats per token, of windows that follow one another through `tokens`. */
export function evaluate(shape: Shape, flat: Float32Array, tokens: Uint16Array): number {
  const { context: T, vocabulary: V } = shape;
  const rows = oneHotRows(V);
  const weights = weightsOf(shape, flat);
  const windows = Math.floor((tokens.length - 1) / T);
  const chunk = 64;
  let sum = 0;
  for (let w = 0; w < windows; w += chunk) {
    const [from, to] = [w * T, Math.min(w + chunk, windows) * T];
    sum += tf.tidy(() => {
      const next = Int32Array.from(tokens.subarray(from + 1, to + 1));
      const logits = logitsOf(shape, weights, Int32Array.from(tokens.subarray(from, to)));
      const loss = crossEntropy(logits, tf.tensor2d(pickRows(rows, V, next), [next.length, V]));
      return (loss.dataSync()[0] as number) * (to - from);
    });
  }
  tf.dispose(weights);
  return sum / (windows * T);
}
