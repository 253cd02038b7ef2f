/** The photographs that experiments may use; see `public/data/README.md` for where they come from. */
import type { Context } from '#lab/experiment';
import type { Schema } from '#lab/params';
import { decodeGrey } from './grey-png';

export const photoNames = ['boats', 'acanthus', 'alps'] as const;
export const photoSides = [64, 128] as const;

export type PhotoName = (typeof photoNames)[number];

export const photoTitles: Record<PhotoName, string> = {
  boats: 'Boats at Nagasaki',
  acanthus: 'Acanthus leaves',
  alps: 'French Alps',
};

export const photoFile = (name: PhotoName, side: number): string => `data/photos/${name}-${side}.png`;

/** Grey values in [0, 1], side * side of them, row by row. `side` is one of `photoSides`. */
export const loadPhoto = async (load: Context<Schema>['load'], name: PhotoName, side: number): Promise<number[]> =>
  decodeGrey(await load(photoFile(name, side)));
