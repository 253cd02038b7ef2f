/**
 * `npm run compress [-- folder]`: writes a `.gz` and a `.br` beside every file of the built site that gets smaller by it, for
 * hosts that send such files as they are. Apart from the build, which it would make three times as long.
 */
import { createReadStream, createWriteStream, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

/** What is compressed already; a reader would only wait for it to be opened twice. */
const DENSE = ['.png', '.woff2', '.zlib', '.gz', '.br'];

/** Below this a header costs more than the file. */
const LEAST = 1000;

const folder = process.argv[2] ?? 'dist';
if (!existsSync(folder)) {
  console.error(`There is no folder "${folder}" to compress. \`npm run build\` makes dist/.`);
  process.exit(2);
}

const kinds = {
  '.gz': () => createGzip({ level: 9 }),
  '.br': (size) =>
    createBrotliCompress({
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: size },
    }),
};
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !DENSE.includes(extname(entry.name)))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => statSync(file).size >= LEAST);

let written = 0;
async function compress(file) {
  const { size } = statSync(file);
  for (const [ending, squeeze] of Object.entries(kinds)) {
    await pipeline(createReadStream(file), squeeze(size), createWriteStream(file + ending));
    if (statSync(file + ending).size < size) written++;
    else rmSync(file + ending);
  }
}

// Four at a time, as many as Node has threads for zlib.
const queue = files.values();
await Promise.all(
  Array.from({ length: 4 }, async () => {
    for (const file of queue) await compress(file);
  }),
);
console.log(`${written} compressed files written for the ${files.length} of ${folder}/ that are worth it.`);
