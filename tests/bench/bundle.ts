/** Bundles the contenders, since tfjs's modules load neither in Node nor in a browser as they are. */
import { build } from 'vite';

/** tfjs's wasm loader asks for the names of CommonJS, which ES modules lack. */
const COMMON_JS = `import { createRequire as requireFor } from 'node:module';
Object.assign(globalThis, { require: requireFor(import.meta.url), __filename: import.meta.filename, __dirname: import.meta.dirname });`;

const common = { configFile: false, logLevel: 'error', publicDir: false } as const;
const names = { chunkFileNames: '[name]-[hash].js' };

/** For Node, into `outDir`, as main.js. */
export const bundleForNode = (outDir: string) =>
  build({
    ...common,
    ssr: { noExternal: true },
    build: {
      ssr: 'tests/bench/node.ts',
      outDir,
      target: 'node22',
      minify: false,
      rolldownOptions: { output: { ...names, entryFileNames: 'main.js', banner: COMMON_JS } },
    },
  });

/** For a browser, into `outDir`, as main.js: a module worker. */
export const bundleForBrowser = (outDir: string) =>
  build({
    ...common,
    build: {
      outDir,
      // A worker has no document to preload into.
      modulePreload: false,
      rolldownOptions: { input: 'tests/bench/worker.ts', output: { ...names, entryFileNames: 'main.js' } },
    },
  });
