/**
 * Grey pictures of 28 x 28 pixels in ten classes: articles of clothing (Fashion-MNIST) and handwritten digits (MNIST). See
 * `public/data/README.md` for where they come from.
 */
import type { Context } from '#lab/experiment';
import type { Schema } from '#lab/params';
import { decodeGrey } from './grey-png';

/** Pixels per side of one picture. */
export const SIDE = 28;
/** Pictures of each class to train on, then pictures that are held out. */
export const EACH = { train: 240, heldOut: 60 };

export const setNames = ['fashion', 'digits'] as const;
export type SetName = (typeof setNames)[number];

export const setTitles: Record<SetName, string> = { fashion: 'articles of clothing', digits: 'handwritten digits' };

/** What each class is called, by its label. */
export const classNames: Record<SetName, readonly string[]> = {
  fashion: ['T-shirt', 'trousers', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'trainer', 'bag', 'boot'],
  digits: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};

/** One sheet: row c holds the pictures of class c, side by side, in 16 levels of grey. */
export const fileOf = (set: SetName): string => `data/classes/${set}.png`;

export interface Pictures {
  /** [pictures, 784], grey values in [0, 1], row by row from above; the background is 0. */
  grey: Float32Array;
  /** [pictures], 0 to 9. Classes take turns, so that any first so many are balanced. */
  labels: Int32Array;
}

const COLUMNS = EACH.train + EACH.heldOut;

function cut(sheet: readonly number[], from: number, each: number): Pictures {
  const labels = Int32Array.from({ length: 10 * each }, (_, i) => i % 10);
  const grey = new Float32Array(labels.length * SIDE ** 2);
  labels.forEach((label, i) => {
    const column = from + Math.floor(i / 10);
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++)
        grey[i * SIDE ** 2 + y * SIDE + x] = sheet[((label * SIDE + y) * COLUMNS + column) * SIDE + x] as number;
  });
  return { grey, labels };
}

/** Both parts of one set of pictures. */
export async function loadClasses(
  load: Context<Schema>['load'],
  set: SetName,
): Promise<{ train: Pictures; heldOut: Pictures }> {
  const sheet = decodeGrey(await load(fileOf(set)));
  return { train: cut(sheet, 0, EACH.train), heldOut: cut(sheet, EACH.train, EACH.heldOut) };
}
