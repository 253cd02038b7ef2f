/** Files given to the command line for `image` and `json` parameters. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import sharp from 'sharp';
import type { AnyValue, ImageParam, JsonParam } from '../params';
import { checkValue, parseValue, RefusedValue } from '../values';

/** Reads `path` (relative to where the command was called) as the value of `param`. */
export async function readInput(name: string, param: ImageParam | JsonParam, path: string): Promise<AnyValue> {
  const file = resolve(process.env.INIT_CWD ?? '.', path);
  const bytes = await readFile(file).catch(() => {
    throw new RefusedValue(`${name}: ${path} cannot be read.`);
  });
  if (param.kind === 'json') return parseValue(name, param, bytes.toString('utf8'));
  const { side } = param;
  const grey = await sharp(bytes)
    .resize(side, side, { fit: 'cover', kernel: 'lanczos3' })
    .flatten({ background: 'white' })
    .greyscale()
    .raw()
    .toBuffer()
    .catch(() => {
      throw new RefusedValue(`${name}: ${path} is not a picture that can be read (PNG, JPEG, WebP, GIF or AVIF).`);
    });
  const stride = grey.length / (side * side);
  return checkValue(name, param, {
    name: path,
    side,
    grey: Array.from({ length: side * side }, (_, i) => (grey[i * stride] as number) / 255),
  });
}
