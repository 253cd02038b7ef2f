import { describe, expect, test } from 'vitest';
import { clip, startAdamW, stepAdamW } from '../../content/papers/bigram-subnetworks/adamw';
import {
  dropCheckpoint,
  loadCheckpoint,
  saveCheckpoint,
} from '../../content/papers/bigram-subnetworks/training/checkpoint';
import {
  drawBatch,
  evaluate,
  oneHotRows,
  rateAt,
  type Schedule,
  schedule,
  startTraining,
  trainStep,
} from '../../content/papers/bigram-subnetworks/training/language-model';

const tiny = { vocabulary: 7, width: 6, layers: 1, heads: 2, context: 4 };
const plan: Schedule = { ...schedule, steps: 40, batch: 4, warmUp: 5 };
/** A text that can be learnt: 0 1 2 3 4 5 6 0 1 … */
const text = Uint16Array.from({ length: 200 }, (_, i) => i % 7);
const rows = oneHotRows(7);

describe('AdamW', () => {
  test('takes the steps of the published formula', () => {
    const rates = { rate: 0.1, beta1: 0.9, beta2: 0.99, decay: 0.5 };
    const values = Float32Array.from([2]);
    const state = startAdamW(1);
    // Worked out by hand: the first step is rate * sign(gradient) behind the decay; the second by the two means.
    stepAdamW(state, values, Float32Array.from([4]), rates);
    expect(values[0]).toBeCloseTo(2 * 0.95 - 0.1, 6);
    stepAdamW(state, values, Float32Array.from([-1]), rates);
    const m = (0.9 * 0.4 - 0.1) / (1 - 0.81);
    const v = (0.99 * 0.16 + 0.01) / (1 - 0.9801);
    expect(values[0]).toBeCloseTo(1.8 * 0.95 - (0.1 * m) / Math.sqrt(v), 5);
  });

  test('clipping shortens what is too long and keeps its direction', () => {
    const gradient = Float32Array.from([3, 4]);
    expect(clip(gradient, 10)).toBe(5);
    expect(Array.from(gradient)).toEqual([3, 4]);
    clip(gradient, 1);
    expect(gradient[0]).toBeCloseTo(0.6, 6);
    expect(gradient[1]).toBeCloseTo(0.8, 6);
  });
});

test('the rate warms up, then falls down half a cosine to a tenth', () => {
  const long = { ...schedule, steps: 2200, batch: 1 };
  expect(rateAt(0, long)).toBeCloseTo(3e-3 / 200, 10);
  expect(rateAt(199, long)).toBeCloseTo(3e-3, 10);
  expect(rateAt(1200, long)).toBeCloseTo(0.55 * 3e-3, 10);
  expect(rateAt(2200, long)).toBeCloseTo(3e-4, 10);
});

test('a batch is windows of the text, each with its next tokens', () => {
  const { inputs, next } = drawBatch(text, 8, 4, 1, 3);
  expect(inputs).toHaveLength(32);
  next.forEach((token, i) => {
    expect(token).toBe(((inputs[i] as number) + 1) % 7);
  });
  expect(drawBatch(text, 8, 4, 1, 3)).toEqual({ inputs, next });
  expect(drawBatch(text, 8, 4, 1, 4)).not.toEqual({ inputs, next });
});

describe('training', () => {
  test('learns a text that repeats', () => {
    const state = startTraining(tiny, plan);
    while (state.losses.length < plan.steps) trainStep(tiny, { ...plan, rate: 0.05 }, state, text, rows);
    expect(state.losses[0]).toBeCloseTo(Math.log(7), 1);
    expect(evaluate(tiny, state.weights, text)).toBeLessThan(0.5);
  });

  test('goes on from a checkpoint as if it had not stopped', async () => {
    const straight = startTraining(tiny, plan);
    for (let i = 0; i < 10; i++) trainStep(tiny, plan, straight, text, rows);
    const first = startTraining(tiny, plan);
    for (let i = 0; i < 4; i++) trainStep(tiny, plan, first, text, rows);
    try {
      await saveCheckpoint('test', plan, first);
      expect(await loadCheckpoint('test', { ...plan, seed: 2 })).toBeUndefined();
      const second = await loadCheckpoint('test', plan);
      if (!second) throw new Error('no checkpoint');
      for (let i = 4; i < 10; i++) trainStep(tiny, plan, second, text, rows);
      expect(second.losses).toEqual(straight.losses);
      expect(second.weights).toEqual(straight.weights);
    } finally {
      await dropCheckpoint('test');
    }
  });
});
