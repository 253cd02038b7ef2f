/**
 * Compiles the kernels of `src/accelerate/assembly/` to WebAssembly, twice, and writes them as text into
 * `src/accelerate/kernels.generated.ts`, so that a page needs no further file for them: `npm run kernels`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const SOURCE = 'src/accelerate/assembly/index.ts';
const TARGET = 'src/accelerate/kernels.generated.ts';

async function compile(fused) {
  let bytes;
  const { error, stderr } = await asc.main(
    [
      SOURCE,
      ...['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--importMemory'],
      ...['--enable', 'simd', ...(fused ? ['--enable', 'relaxed-simd'] : [])],
      ...['--use', `FUSED=${fused ? 1 : 0}`, '--outFile', 'kernels.wasm'],
    ],
    {
      readFile: (name, folder) => {
        try {
          return readFileSync(`${folder}/${name}`, 'utf8');
        } catch {
          // The compiler asks for several places in turn; null says that there is nothing.
          return null;
        }
      },
      writeFile: (_name, contents) => {
        bytes = contents;
      },
    },
  );
  if (error) throw new Error(stderr.toString());
  return Buffer.from(bytes).toString('base64');
}

/** The text of the generated file. */
export const generated = async () => `/** Made from \`assembly/\` by \`npm run kernels\`; not for editing. */

/** Each product and sum rounded on its own: the same bits on every machine. */
export const plain =
  '${await compile(false)}';

/** Products added with one rounding (relaxed SIMD). */
export const fused =
  '${await compile(true)}';
`;

if (import.meta.main) writeFileSync(TARGET, await generated());
