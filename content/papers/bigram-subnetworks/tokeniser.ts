/**
 * A byte-pair tokeniser as GPT-2 has one (Sennrich et al. 2016), over the small alphabet of `text.ts`: words are cut
 * first, so that no token reaches from one word into the next; then the most frequent pair of neighbours is joined,
 * again and again.
 */
import { alphabet } from './text';

/** A word with the space before it, one digit, a suffix such as 's, or a single mark. */
const WORDS = / ?[a-z]+| ?[0-9]| ?'[a-z]+|[^a-z0-9]/g;

export interface Tokeniser {
  /** Text of each token: the alphabet, then one joined pair per merge. */
  vocabulary: readonly string[];
  /** The ids of normalised text. */
  encode(text: string): number[];
  decode(ids: readonly number[]): string;
}

/** A pair of token ids as one number; vocabularies stay far below 2^16. */
const pairOf = (left: number, right: number): number => left * 65_536 + right;

/** `word` with every occurrence of `pair`, from the left, replaced by `joined`. */
function join(word: readonly number[], pair: number, joined: number): number[] {
  const next: number[] = [];
  for (let i = 0; i < word.length; i++) {
    const id = word[i] as number;
    const right = word[i + 1];
    if (right !== undefined && pairOf(id, right) === pair) {
      next.push(joined);
      i++;
    } else next.push(id);
  }
  return next;
}

const startIds = new Map(alphabet.map((char, id) => [char, id]));
const spell = (word: string): number[] => [...word].map((char) => startIds.get(char) as number);

/**
 * Learns the merges that bring the vocabulary to `size` tokens, as pairs of ids. Equal counts are decided by the
 * larger pair of strings, so that equal texts learn equal merges.
 */
export function learnMerges(text: string, size: number): [number, number][] {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(WORDS)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].map(([word, count]) => ({ ids: spell(word), count }));
  const vocabulary = [...alphabet];
  const pairs = new Map<number, number>();
  /** The words that hold a pair, or once held it: only these change when it is joined. */
  const holders = new Map<number, Set<number>>();
  const count = (index: number, sign: 1 | -1) => {
    const { ids, count } = words[index] as (typeof words)[number];
    for (let i = 1; i < ids.length; i++) {
      const pair = pairOf(ids[i - 1] as number, ids[i] as number);
      pairs.set(pair, (pairs.get(pair) ?? 0) + sign * count);
      if (sign > 0) holders.set(pair, (holders.get(pair) ?? new Set()).add(index));
    }
  };
  words.forEach((_, index) => {
    count(index, 1);
  });

  const strings = (pair: number) => [vocabulary[pair >> 16] as string, vocabulary[pair & 65_535] as string] as const;
  const merges: [number, number][] = [];
  while (vocabulary.length < size) {
    let best = -1;
    for (const [pair, n] of pairs) {
      const most = pairs.get(best) ?? 0;
      if (n < most || n === 0) continue;
      const [left, right] = strings(pair);
      const [bestLeft, bestRight] = best < 0 ? ['', ''] : strings(best);
      if (n > most || left > bestLeft || (left === bestLeft && right > bestRight)) best = pair;
    }
    if (best < 0) break;
    const joined = vocabulary.push(strings(best).join('')) - 1;
    merges.push([best >> 16, best & 65_535]);
    for (const index of holders.get(best) ?? []) {
      count(index, -1);
      const word = words[index] as (typeof words)[number];
      word.ids = join(word.ids, best, joined);
      count(index, 1);
    }
    pairs.delete(best);
  }
  return merges;
}

export function tokeniser(merges: readonly (readonly [number, number])[]): Tokeniser {
  const vocabulary = [...alphabet];
  for (const [left, right] of merges) vocabulary.push(`${vocabulary[left]}${vocabulary[right]}`);
  const rank = new Map(merges.map(([left, right], i) => [pairOf(left, right), i]));
  const known = new Map<string, number[]>();

  const encodeWord = (word: string): number[] => {
    let ids = spell(word);
    for (;;) {
      let first = Number.POSITIVE_INFINITY;
      for (let i = 1; i < ids.length; i++) {
        first = Math.min(first, rank.get(pairOf(ids[i - 1] as number, ids[i] as number)) ?? first);
      }
      const merge = merges[first];
      if (!merge) return ids;
      ids = join(ids, pairOf(...merge), alphabet.length + first);
    }
  };

  return {
    vocabulary,
    encode(text) {
      const ids: number[] = [];
      for (const [word] of text.matchAll(WORDS)) {
        let found = known.get(word);
        if (!found) {
          found = encodeWord(word);
          known.set(word, found);
        }
        for (const id of found) ids.push(id);
      }
      return ids;
    },
    decode: (ids) => ids.map((id) => vocabulary[id]).join(''),
  };
}
