/** Handwritten digits of 8 x 8 pixels, for experiments; see `public/data/README.md` for where they come from. */
import type { Context } from '#lab/experiment';
import type { Schema } from '#lab/params';
import { decodeGrey } from './grey-png';

/** One picture: row d holds the samples of digit d, side by side. */
export const DIGITS_FILE = 'data/digits/mnist-8.png';
/** Pixels per side of one digit. */
export const DIGIT_SIDE = 8;
/** Samples of each digit to train on, then samples that are held out. */
export const DIGITS_EACH = { train: 100, heldOut: 50 };

export interface Samples {
  /** [samples, 64], grey values in [0, 1], row by row from above. */
  inputs: number[][];
  /** [samples], 0 to 9. Digits take turns, so that any first so many are balanced. */
  labels: number[];
}

export interface Digits {
  train: Samples;
  heldOut: Samples;
}

/** Cuts the sheet of digits, grey values row by row, into samples. */
export function cutDigits(sheet: readonly number[]): Digits {
  const columns = DIGITS_EACH.train + DIGITS_EACH.heldOut;
  const cut = (digit: number, column: number) =>
    Array.from({ length: DIGIT_SIDE ** 2 }, (_, at) => {
      const y = digit * DIGIT_SIDE + Math.floor(at / DIGIT_SIDE);
      const x = column * DIGIT_SIDE + (at % DIGIT_SIDE);
      return sheet[y * columns * DIGIT_SIDE + x] as number;
    });
  const samples = (from: number, count: number): Samples => {
    const labels = Array.from({ length: 10 * count }, (_, i) => i % 10);
    return { labels, inputs: labels.map((digit, i) => cut(digit, from + Math.floor(i / 10))) };
  };
  return { train: samples(0, DIGITS_EACH.train), heldOut: samples(DIGITS_EACH.train, DIGITS_EACH.heldOut) };
}

export const loadDigits = async (load: Context<Schema>['load']): Promise<Digits> =>
  cutDigits(decodeGrey(await load(DIGITS_FILE)));
