import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { dependence } from '../../content/papers/bigram-subnetworks/dependence';
import { layout, weightCount } from '../../content/papers/bigram-subnetworks/layout';
import {
  decided,
  gatePlaces,
  hardMask,
  masked,
  maskLoss,
  maskStep,
  openness,
  startMask,
} from '../../content/papers/bigram-subnetworks/mask';
import {
  complement,
  gateRanges,
  largestLike,
  open,
  packBits,
  randomLike,
  unpackBits,
} from '../../content/papers/bigram-subnetworks/mask-baselines';
import { logitsOf, startWeights, weightsOf } from '../../content/papers/bigram-subnetworks/model';
import { logPredictions } from '../../content/papers/bigram-subnetworks/predict';
import { differences, every, loss, predictions, relativeError } from './bigram-subnetworks-second';

const tiny = { vocabulary: 7, width: 6, layers: 2, heads: 2, context: 4 };
const V = tiny.vocabulary;
const entries = layout(tiny);
const flat = randomFrom(4)('weights').normal(weightCount(entries), 0, 0.5);
const places = gatePlaces(entries);
const draw = randomFrom(6)('tokens');
const tokens = Int32Array.from({ length: 3 * tiny.context }, () => draw.index(V));

const table = (() => {
  const raw = randomFrom(5)('table').uniform(V * V, 0, 1);
  const sum = (row: number) => raw.subarray(row * V, (row + 1) * V).reduce((a, b) => a + b, 0);
  return raw.map((x, i) => x / sum(Math.floor(i / V)));
})();

const logits = (weights: Float32Array, given: Int32Array) =>
  tf.tidy(() => logitsOf(tiny, weightsOf(tiny, weights), given).dataSync() as Float32Array);

/** Some gates open, some shut, none decided. */
const s = randomFrom(7)('s').uniform(places.length, -1, 1);
const bits = Uint8Array.from(randomFrom(8)('bits').uniform(places.length, 0, 1), (x) => (x < 0.3 ? 1 : 0));

describe('the loss of continuous sparsification', () => {
  const [beta, lambda] = [1.7, 3];

  test('is the cross-entropy to the current token’s row, plus lambda times the mean gate', () => {
    const state = { weights: flat, places, s, beta };
    const { crossEntropy, penalty } = maskLoss(tiny, state, lambda, tokens, table);
    const gates = Array.from(s, (x) => 1 / (1 + Math.exp(-beta * x)));
    expect(penalty).toBeCloseTo((lambda * gates.reduce((a, b) => a + b, 0)) / gates.length, 5);
    const effective = Float64Array.from(flat);
    places.forEach((place, i) => {
      effective[place] = (effective[place] as number) * (gates[i] as number);
    });
    expect(crossEntropy).toBeCloseTo(loss(tiny, effective, tokens, table, tokens), 5);
  });

  test('has the gradient of central differences in float64, in every seventh gate', () => {
    const total = (s: Float64Array) => {
      const gates = s.map((x) => 1 / (1 + Math.exp(-beta * x)));
      const effective = Float64Array.from(flat);
      places.forEach((place, i) => {
        effective[place] = (effective[place] as number) * (gates[i] as number);
      });
      const mean = gates.reduce((a, b) => a + b, 0) / gates.length;
      return loss(tiny, effective, tokens, table, tokens) + lambda * mean;
    };
    const { gradient } = maskLoss(tiny, { weights: flat, places, s, beta }, lambda, tokens, table);
    const at = every(7, s.length);
    const sampled = at.map((i) => gradient[i] as number);
    expect(relativeError(sampled, differences(total, s, 1e-5, at))).toBeLessThan(2e-5);
  });
});

describe('training a mask', () => {
  test('leaves the weights alone, sharpens the gates and lowers the loss', () => {
    const state = startMask(tiny, flat);
    const before = flat.slice();
    const plan = { lambda: 0, rate: 0.05, growth: 1.05 };
    for (let i = 0; i < 60; i++) maskStep(tiny, state, plan, tokens, table);
    expect(flat).toEqual(before);
    expect(state.beta).toBeCloseTo(1.05 ** 60, 6);
    expect(state.losses.at(-1)).toBeLessThan(state.losses[0] as number);
  });

  test('a penalty that outweighs everything shuts every gate', () => {
    const state = startMask(tiny, flat);
    for (let i = 0; i < 40; i++) maskStep(tiny, state, { lambda: 1e6, rate: 0.05, growth: 1.1 }, tokens, table);
    expect(open(hardMask(state.s))).toBe(0);
  });

  test('a weight of 0 is shut from the start', () => {
    const holed = flat.slice();
    holed[places[5] as number] = 0;
    const state = startMask(tiny, holed);
    expect(openness(state)[5]).toBe(0);
    expect(openness(state)[4]).toBe(0.5);
  });

  test('stops when the undecided gates are fewer than a hundredth of the open ones', () => {
    const gates = (shut: number, between: number, above: number) =>
      Float32Array.from([
        ...Array<number>(shut).fill(0.01),
        ...Array<number>(between).fill(0.5),
        ...Array<number>(above).fill(0.95),
      ]);
    expect(decided(gates(1000, 1, 101))).toBe(true);
    expect(decided(gates(1000, 1, 100))).toBe(false);
    expect(decided(gates(1000, 0, 0))).toBe(false);
  });
});

describe('a masked model', () => {
  const all = new Uint8Array(places.length).fill(1);
  const none = new Uint8Array(places.length);
  /** Two texts with equal tokens at places 1 and 3, and others before them. */
  const [text, other] = [Int32Array.from([0, 1, 2, 3]), Int32Array.from([4, 1, 5, 3])];
  const at = (x: Float32Array, position: number) => Array.from(x.subarray(position * V, (position + 1) * V));

  /** Whether position 3 is predicted alike behind both texts. */
  function contextFree(mask: Uint8Array): boolean {
    const weights = masked(flat, places, mask);
    return relativeError(at(logits(weights, text), 3), at(logits(weights, other), 3)) < 1e-6;
  }

  test('with every gate open is the model, bit for bit', () => {
    expect(masked(flat, places, all)).toEqual(flat);
    expect(logits(masked(flat, places, all), tokens)).toEqual(logits(flat, tokens));
  });

  test('with no gate open sees the current token and its position alone', () => {
    expect(contextFree(none)).toBe(true);
    expect(contextFree(all)).toBe(false);
  });

  test.each([
    ['values', (name: string, column: number) => name.endsWith('.qkv') && column >= 2 * tiny.width],
    ['outputs', (name: string) => name.endsWith('.out')],
  ])('sees the current token alone when the %s of attention are shut in all layers', (_, shut) => {
    const mask = all.slice();
    for (const { name, shape, from, to } of gateRanges(tiny)) {
      for (let i = from; i < to; i++) if (shut(name, (i - from) % (shape[1] as number))) mask[i] = 0;
    }
    expect(open(mask)).toBeLessThan(all.length);
    expect(contextFree(mask)).toBe(true);
  });

  test('is not context-free when only queries and keys are shut: attention then averages', () => {
    const mask = all.slice();
    for (const { name, shape, from, to } of gateRanges(tiny)) {
      if (!name.endsWith('.qkv')) continue;
      for (let i = from; i < to; i++) if ((i - from) % (shape[1] as number) < 2 * tiny.width) mask[i] = 0;
    }
    expect(contextFree(mask)).toBe(false);
  });
});

describe('what a mask is compared with', () => {
  test('the complement opens what the mask shuts', () => {
    expect(complement(bits).every((m, i) => m + (bits[i] as number) === 1)).toBe(true);
  });

  const perMatrix = (mask: Uint8Array) => gateRanges(tiny).map(({ from, to }) => open(mask.subarray(from, to)));
  const gated = Float32Array.from(places, (place) => flat[place] as number);

  test('random and largest masks open as many gates in every matrix', () => {
    const random = randomLike(bits, tiny, randomFrom(1));
    expect(perMatrix(random)).toEqual(perMatrix(bits));
    expect(random).not.toEqual(bits);
    expect(perMatrix(largestLike(bits, tiny, gated))).toEqual(perMatrix(bits));
  });

  test('the largest mask opens no weight that is smaller than one that it shuts', () => {
    const mask = largestLike(bits, tiny, gated);
    for (const { from, to } of gateRanges(tiny)) {
      const sizes = (m: 0 | 1) => Array.from(gated.subarray(from, to), Math.abs).filter((_, i) => mask[from + i] === m);
      expect(Math.min(...sizes(1))).toBeGreaterThanOrEqual(Math.max(...sizes(0)));
    }
  });

  test('overlaps a random mask as often as chance says: k k / n per matrix', () => {
    const expected = gateRanges(tiny).reduce((sum, { from, to }) => {
      const k = open(bits.subarray(from, to));
      return sum + (k * k) / (to - from);
    }, 0);
    const overlaps = Array.from({ length: 200 }, (_, i) => {
      const random = randomLike(bits, tiny, randomFrom(i + 1));
      return random.reduce((sum, m, j) => sum + (m & (bits[j] as number)), 0);
    });
    const mean = overlaps.reduce((a, b) => a + b, 0) / 200;
    const deviation = Math.sqrt(overlaps.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 199);
    expect(Math.abs(mean - expected)).toBeLessThan((3 * deviation) / Math.sqrt(200));
  });

  test('bits survive packing', () => {
    expect(packBits(bits)).toHaveLength(Math.ceil(bits.length / 8));
    expect(unpackBits(packBits(bits), bits.length)).toEqual(bits);
    // The first gate in the lowest bit (worked out by hand).
    expect(Array.from(packBits(Uint8Array.from([1, 0, 0, 1, 0, 0, 0, 0, 1])))).toEqual([9, 1]);
  });
});

describe('dependence', () => {
  const shape = { ...tiny, context: 6 };
  // Gains stay 1; matrices fifty times their initial size, so that the blocks matter.
  const weights = startWeights(shape, randomFrom(4)).map((w) => (w === 1 ? 1 : 50 * w));
  const texts = Uint16Array.from({ length: 240 }, () => draw.index(V));

  test('is that of a second implementation', () => {
    const rows = Array.from({ length: 40 }, (_, i) => 6 * i).flatMap((from) =>
      predictions(shape, weights, Array.from(texts.subarray(from, from + 6)))
        .map((q, t) => ({ q, token: texts[from + t] as number }))
        .slice(4),
    );
    const kl = (p: number[], q: number[]) => p.reduce((sum, x, w) => sum + x * Math.log(x / (q[w] as number)), 0);
    const mean = (token: number) => {
      const same = rows.filter((row) => row.token === token);
      return Array.from({ length: V }, (_, w) => same.reduce((sum, { q }) => sum + (q[w] as number), 0) / same.length);
    };
    const onContext = rows.reduce((sum, { q, token }) => sum + kl(q, mean(token)), 0) / rows.length;
    const bigram = (token: number) => Array.from(table.subarray(token * V, (token + 1) * V));
    const fromBigram = rows.reduce((sum, { q, token }) => sum + kl(bigram(token), q), 0) / rows.length;
    const found = dependence(shape, logPredictions(shape, weights, texts), texts, table);
    expect(found.onContext).toBeCloseTo(onContext, 5);
    expect(found.fromBigram).toBeCloseTo(fromBigram, 5);
    expect(onContext).toBeGreaterThan(0.01);
  });
});
