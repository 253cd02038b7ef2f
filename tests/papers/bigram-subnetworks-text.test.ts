import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import {
  bigramEntropy,
  bigramSurprisal,
  bigramTable,
  countPairs,
} from '../../content/papers/bigram-subnetworks/bigram';
import { correlation, meanNats } from '../../content/papers/bigram-subnetworks/surprisal';
import { alphabet, normalise } from '../../content/papers/bigram-subnetworks/text';
import { learnMerges, tokeniser } from '../../content/papers/bigram-subnetworks/tokeniser';

describe('normalising', () => {
  test.each([
    ['Call me “Ishmael”.', 'call me "ishmael".'],
    ['years ago—never', 'years ago - never'],
    ['nation’s 5% -- $3', "nation's 5%  -  $3"],
    ['a\nb\t#c', 'a b  c'],
    ['naïve', 'na ve'],
  ])('%j', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  test('leaves nothing outside the alphabet, and normalised text alone', () => {
    const anything = String.fromCharCode(...Array.from({ length: 3000 }, (_, i) => i));
    const once = normalise(anything);
    expect([...once].filter((c) => !alphabet.includes(c))).toEqual([]);
    expect(normalise(once)).toBe(once);
    expect(new Set(alphabet).size).toBe(50);
  });
});

describe('byte-pair merges', () => {
  /** The textbook's way: recount all pairs of all words before every merge. */
  function slowMerges(text: string, size: number): [string, string][] {
    const words = [...text.matchAll(/ ?[a-z]+| ?[0-9]| ?'[a-z]+|[^a-z0-9]/g)].map(([word]) => [...word]);
    const merges: [string, string][] = [];
    while (alphabet.length + merges.length < size) {
      const counts = new Map<string, number>();
      for (const word of words) {
        for (let i = 1; i < word.length; i++) {
          const pair = `${word[i - 1]}\n${word[i]}`;
          counts.set(pair, (counts.get(pair) ?? 0) + 1);
        }
      }
      const [best] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? 1 : -1));
      if (!best) break;
      const [left, right] = best[0].split('\n') as [string, string];
      merges.push([left, right]);
      for (const word of words) {
        for (let i = 0; i + 1 < word.length; i++) {
          if (word[i] === left && word[i + 1] === right) word.splice(i, 2, left + right);
        }
      }
    }
    return merges;
  }

  const text =
    "the cat's hat and the rat that sat at the mat; then 1790 others, the cats of 1791 - banana, ananas aaaa";

  test('are those of a second implementation, ties included', () => {
    const merges = learnMerges(text, 85);
    const { vocabulary } = tokeniser(merges);
    expect(merges.map(([a, b]) => [vocabulary[a], vocabulary[b]])).toEqual(slowMerges(text, 85));
  });

  test('give back the text, and never join across words', () => {
    const { encode, decode, vocabulary } = tokeniser(learnMerges(text, 85));
    expect(decode(encode(text))).toBe(text);
    expect(vocabulary.slice(50).filter((token) => !/^( ?[a-z]+| ?[0-9]| ?'[a-z]+)$/.test(token))).toEqual([]);
  });

  test('encode unseen text', () => {
    const { encode, decode } = tokeniser(learnMerges(text, 85));
    expect(decode(encode('zebra $9!'))).toBe('zebra $9!');
    expect(encode('')).toEqual([]);
  });
});

describe('the bigram model', () => {
  // abcab: a is followed by b twice, b by c once, c by a once; worked out by hand.
  const counts = countPairs(Uint16Array.from([0, 1, 2, 0, 1]), 4);

  test('counts pairs', () => {
    expect(Array.from(counts)).toEqual([0, 2, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('falls back on the frequencies of following tokens where nothing was seen', () => {
    expect(Array.from(bigramTable(counts, 4).subarray(12))).toEqual([0.25, 0.5, 0.25, 0]);
  });

  test('has no entropy where every token decides the next, and ln 2 for a fair coin', () => {
    expect(bigramEntropy(counts, 4)).toBe(0);
    expect(bigramEntropy(Uint32Array.from([5, 5, 3, 3]), 2)).toBeCloseTo(Math.LN2, 12);
  });

  test('is surprised in bits, without end by what it never saw', () => {
    const table = bigramTable(Uint32Array.from([1, 3, 0, 4]), 2);
    expect(bigramSurprisal(table, 2, 0, 0)).toBe(2);
    expect(bigramSurprisal(table, 2, 1, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  test('correlation leaves out infinite surprisals', () => {
    const [x, y] = [Float64Array.from([1, 2, 3, 9]), Float64Array.from([2, 4, 6, Number.POSITIVE_INFINITY])];
    expect(correlation(x, y)).toBeCloseTo(1, 12);
    expect(
      correlation(
        x,
        y.map((v) => -v),
      ),
    ).toBeCloseTo(-1, 12);
    expect(meanNats(y)).toBeCloseTo(4 * Math.LN2, 12);
    const draws = (name: string) => Float64Array.from(randomFrom(1)(name).normal(10_000, 0, 1));
    // Independent draws: standard error 0.01.
    expect(Math.abs(correlation(draws('x'), draws('y')) as number)).toBeLessThan(0.04);
  });
});
