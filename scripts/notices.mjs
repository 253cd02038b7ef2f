/**
 * `npm run notices`: writes `public/third-party-notices.txt`, the licences of what the built site contains of others.
 * The bundler drops licence comments from the worker, so they are kept here instead.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages whose code, fonts or wasm end up in dist/; their dependencies follow. */
const SHIPPED = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgpu',
  '@observablehq/plot',
  'morphdom',
  'svelte',
  'comlink',
  'katex',
  'd3-dsv',
  'd3-random',
  'pure-rand',
  'ml-matrix',
  'fast-png',
  'fflate',
  'uqr',
  'pagefind',
  '@fontsource-variable/source-serif-4',
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
];

const folderOf = (name, parent) =>
  [join(parent, 'node_modules', name), join('node_modules', name)].find((path) => existsSync(path));

const found = new Map();
function collect(name, parent = '.') {
  const folder = folderOf(name, parent);
  if (!folder || name.startsWith('@types/')) return;
  const { version, license, dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const key = `${name} ${version}`;
  if (found.has(key)) return;
  const file = readdirSync(folder, { withFileTypes: true }).find(
    (e) => e.isFile() && /^licen[cs]e/i.test(e.name),
  )?.name;
  found.set(key, { license, text: file ? readFileSync(join(folder, file), 'utf8').trim() : '' });
  // What svelte and pagefind depend on serves the build, not the page.
  if (name !== 'svelte' && name !== 'pagefind') for (const next of Object.keys(dependencies)) collect(next, folder);
}
for (const name of SHIPPED) collect(name);

const apache = readFileSync('node_modules/comlink/LICENSE', 'utf8').trim();
const parts = [...found].sort().map(([name, { license, text }]) => {
  const body = text || (license === 'Apache-2.0' ? apache : `Licence: ${license}`);
  return `${name} (${license})\n\n${body}`;
});
const head = 'Perceptron Papers contains code, fonts and wasm of the packages below, under their licences.';
writeFileSync('public/third-party-notices.txt', `${[head, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
console.log(`${found.size} packages`);
