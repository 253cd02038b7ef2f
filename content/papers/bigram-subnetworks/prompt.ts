/** A text that the reader types, brought into the model's alphabet and length, with what had to be done to it. */
import { alphabet, normalise } from './text';
import type { Tokeniser } from './tokeniser';

export interface Prompt {
  tokens: Uint16Array;
  /** Sentences for the reader about what was changed; none where nothing was. */
  notes: string[];
}

/** Characters that have a counterpart in the alphabet: typographic quotes and dashes. */
const KNOWN = /[\u2018\u2019\u201c\u201d\u2013\u2014]/;
const NAMED = 6;

/** The last `most` tokens of `text`, or of `example` where the text has none. */
export function readPrompt(text: string, example: string, { encode }: Tokeniser, most: number): Prompt {
  const notes: string[] = [];
  const empty = text.trim() === '';
  if (empty) notes.push('There is no text yet, so this is the example of the page.');
  const given = empty ? example : text;
  const lower = given.toLowerCase();
  if (lower !== given) notes.push('Capital letters are read as small ones.');
  const strange = [...new Set(lower)].filter((char) => !alphabet.includes(char) && !KNOWN.test(char));
  if (strange.length > 0) {
    const named = strange.slice(0, NAMED).join(' ');
    const rest = strange.length > NAMED ? ' and others' : '';
    notes.push(`Not in the model’s alphabet, and read as a space: ${named}${rest}`);
  }
  const ids = encode(normalise(given));
  if (ids.length > most) notes.push(`The model reads ${most} tokens; of your ${ids.length}, these are the last.`);
  return { tokens: Uint16Array.from(ids.slice(-most)), notes };
}
