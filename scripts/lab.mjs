/**
 * Runs a command of `src/lab/cli/` in Node: `node scripts/lab.mjs claims fresh`. Bundles it with Vite first (half a
 * second), since tfjs's modules do not load in Node as they are, and `import.meta.glob` finds the papers.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const [command, ...args] = process.argv.slice(2);
// A folder of its own, so that two commands at the same time do not disturb each other.
mkdirSync('node_modules/.cache', { recursive: true });
const outDir = mkdtempSync('node_modules/.cache/lab-');
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));

// tfjs's wasm loader asks for the names of CommonJS, which ES modules lack.
Object.assign(globalThis, {
  require: createRequire(import.meta.url),
  __filename: import.meta.filename,
  __dirname: import.meta.dirname,
});

await build({
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  ssr: { noExternal: true, external: ['sharp', 'vite', 'playwright-core'] },
  build: {
    ssr: command.endsWith('.ts') ? command : `src/lab/cli/${command}.ts`,
    outDir,
    emptyOutDir: true,
    target: 'node22',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
});
process.argv = [process.argv[0], command, ...args];
await import(pathToFileURL(`${outDir}/main.mjs`).href);
