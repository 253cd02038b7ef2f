import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { bitsToHex, hexToBits } from '../../content/papers/bigram-subnetworks/bits';
import { componentGates } from '../../content/papers/bigram-subnetworks/component-gates';
import { layout, pageShape, weightCount } from '../../content/papers/bigram-subnetworks/layout';
import { embeddings, inputRecall, lens, streamOf } from '../../content/papers/bigram-subnetworks/lenses';
import {
  type AffineMap,
  cosine,
  covariance,
  medianAngle,
  type Rows,
  ridge,
} from '../../content/papers/bigram-subnetworks/linear-map';
import { gateRanges } from '../../content/papers/bigram-subnetworks/mask-baselines';
import { logPredictions, logSoftmaxRows } from '../../content/papers/bigram-subnetworks/predict';
import { readPrompt } from '../../content/papers/bigram-subnetworks/prompt';
import { drawWindows } from '../../content/papers/bigram-subnetworks/subject';
import { tokeniser } from '../../content/papers/bigram-subnetworks/tokeniser';

const tiny = { vocabulary: 7, width: 6, layers: 2, heads: 2, context: 4 };
const flat = randomFrom(4)('weights').normal(weightCount(layout(tiny)), 0, 0.5);
const tokens = Uint16Array.from({ length: 40 }, (_, i) => (i * i + 3) % 7);

/** Points [n, 3] and their images under x -> x M + offset. */
const points = (n: number): Rows => ({ values: randomFrom(2)('points').normal(3 * n, 1, 2), columns: 3 });
const M = [
  [1, 2, 0],
  [0, -1, 3],
  [0.5, 0, 1],
];
const image = ({ values }: Rows): Rows => ({
  columns: 3,
  values: Float32Array.from(values, (_, i) => {
    const row = values.subarray(i - (i % 3), i - (i % 3) + 3);
    return 5 + row.reduce((sum, x, k) => sum + x * ((M[k] as number[])[i % 3] as number), 0);
  }),
});

describe('ridge regression', () => {
  test('finds an affine map again, and shrinks it with alpha', () => {
    const x = points(50);
    const { map, offset } = ridge(x, image(x), 0);
    M.flat().forEach((value, i) => {
      expect(map.get(Math.floor(i / 3), i % 3)).toBeCloseTo(value, 4);
    });
    for (const value of offset) expect(value).toBeCloseTo(5, 4);
    expect(ridge(x, image(x), 1e9).map.norm()).toBeLessThan(1e-3);
  });

  test('makes its objective least', () => {
    const x = points(20);
    const y = { ...x, values: randomFrom(3)('noise').normal(60, 0, 1) };
    const alpha = 7;
    const cost = ({ map, offset }: AffineMap) => {
      let sum = alpha * map.norm() ** 2;
      for (let n = 0; n < 20; n++)
        for (let j = 0; j < 3; j++) {
          const guess = [0, 1, 2].reduce(
            (s, i) => s + (x.values[3 * n + i] as number) * map.get(i, j),
            offset[j] as number,
          );
          sum += (guess - (y.values[3 * n + j] as number)) ** 2;
        }
      return sum;
    };
    const best = ridge(x, y, alpha);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        for (const by of [-0.01, 0.01]) {
          const map = best.map.clone();
          map.set(i, j, map.get(i, j) + by);
          expect(cost({ ...best, map })).toBeGreaterThan(cost(best));
        }
  });
});

test('the median angle of a rotation in a plane is its angle; of a mirror 180 degrees, of a stretch 0', () => {
  const of = (rows: number[][]) => {
    const x: Rows = { values: randomFrom(5)('plane').normal(80, 0, 1), columns: 2 };
    const values = x.values.map((_, i) => {
      const at = i - (i % 2);
      return [0, 1].reduce((s, k) => s + (x.values[at + k] as number) * ((rows[k] as number[])[i % 2] as number), 0);
    });
    return medianAngle(ridge(x, { values, columns: 2 }, 0));
  };
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  expect(
    of([
      [3 * c, 3 * s],
      [-3 * s, 3 * c],
    ]),
  ).toBeCloseTo((0.7 * 180) / Math.PI, 3);
  expect(
    of([
      [2, 0],
      [0, 5],
    ]),
  ).toBeCloseTo(0, 6);
  expect(
    of([
      [-2, 0],
      [0, -5],
    ]),
  ).toBeCloseTo(180, 6);
});

test('covariances are alike up to a factor, and unlike where they share no direction', () => {
  const x = points(40);
  const scaled = { ...x, values: x.values.map((value) => 3 * value + 1) };
  expect(cosine(covariance(x), covariance(scaled))).toBeCloseTo(1, 6);
  const along = (k: number): Rows => ({ columns: 3, values: x.values.map((value, i) => (i % 3 === k ? value : 0)) });
  expect(cosine(covariance(along(0)), covariance(along(1)))).toBeCloseTo(0, 12);
});

describe('the lenses', () => {
  test('at the last stage read what the model says', () => {
    const stages = streamOf(tiny, flat, tokens);
    expect(stages).toHaveLength(3);
    const own = logPredictions(tiny, flat, tokens);
    lens(tiny, flat, stages.at(-1) as Rows).forEach((value, i) => {
      expect(value).toBeCloseTo(own[i] as number, 4);
    });
  });

  test('through a map read the mapped stage', () => {
    const [first, , last] = streamOf(tiny, flat, tokens) as [Rows, Rows, Rows];
    const map = ridge(last, last, 0);
    const own = lens(tiny, flat, last);
    lens(tiny, flat, last, map).forEach((value, i) => {
      expect(value).toBeCloseTo(own[i] as number, 3);
    });
    expect(lens(tiny, flat, first, ridge(first, last, 1))).toHaveLength(own.length);
  });

  test('find every token again in its own embedding, and few in another', () => {
    const x = embeddings(tiny, flat, tokens);
    const same = ridge(x, x, 0);
    expect(inputRecall(tiny, flat, x, same, tokens)).toBe(1);
    expect(
      inputRecall(
        tiny,
        flat,
        x,
        same,
        tokens.map((token) => (token + 1) % 7),
      ),
    ).toBe(0);
  });
});

test('log softmax of rows sums to 1, and bears large logits', () => {
  const rows = logSoftmaxRows(Float32Array.from([0, Math.log(3), 1000, 1000]), 2);
  expect(Array.from(rows, Math.exp).map((p) => Number(p.toFixed(5)))).toEqual([0.25, 0.75, 0.5, 0.5]);
});

test('the components of all blocks hold every gate once, and lie where the matrices do', () => {
  const parts = componentGates(pageShape);
  const all = parts.flatMap(({ gates }) => [...gates]).sort((a, b) => a - b);
  expect(all).toHaveLength(196_608);
  expect(all.every((gate, i) => gate === i)).toBe(true);
  // Keys are columns 64 to 127 of the 192 of the second block's first matrix: worked out by hand.
  const keys = parts.find(({ block, component }) => block === 1 && component === 'K');
  const { from } = gateRanges(pageShape).find(({ name }) => name === 'block1.qkv') as { from: number };
  expect([keys?.gates[0], keys?.gates[63], keys?.gates[64]]).toEqual([from + 64, from + 127, from + 192 + 64]);
});

test('bits come back from their digits', () => {
  const bits = Uint8Array.from({ length: 64 }, (_, i) => ((i * i) % 3) & 1);
  expect(hexToBits(bitsToHex(bits))).toEqual([...bits]);
  expect(bitsToHex(Uint8Array.from([1, 0, 0, 0, 0, 0, 1, 1]))).toBe('83');
});

test('windows are drawn whole, and none twice', () => {
  const text = Uint16Array.from({ length: 43 }, (_, i) => i);
  const drawn = drawWindows(text, 4, 10, randomFrom(3)('windows'));
  const starts = Array.from({ length: 10 }, (_, w) => drawn[4 * w] as number);
  expect(starts.sort((a, b) => a - b)).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36]);
  expect([...drawn].every((token, i) => i % 4 === 0 || token === (drawn[i - 1] as number) + 1)).toBe(true);
});

describe('a prompt', () => {
  const letters = tokeniser([]);
  const read = (text: string) => readPrompt(text, 'the page', letters, 8);

  test('in the alphabet is read as it is', () => {
    expect(read('a b, 7.')).toEqual({ tokens: Uint16Array.from(letters.encode('a b, 7.')), notes: [] });
  });

  test.each([
    ['A b', 'a b', ['Capital letters are read as small ones.']],
    ['a#é', 'a  ', ['Not in the model’s alphabet, and read as a space: # é']],
    ['it’s', "it's", []],
    ['', 'the page', ['There is no text yet, so this is the example of the page.']],
    ['  ', 'the page', ['There is no text yet, so this is the example of the page.']],
    ['abcdefghij', 'cdefghij', ['The model reads 8 tokens; of your 10, these are the last.']],
    ['αβγδεζηθ', '        ', ['Not in the model’s alphabet, and read as a space: α β γ δ ε ζ and others']],
  ])('%j is read as %j, and says so', (text, as, notes) => {
    const prompt = read(text);
    expect(letters.decode([...prompt.tokens])).toBe(as);
    expect(prompt.notes).toEqual(notes);
  });
});
