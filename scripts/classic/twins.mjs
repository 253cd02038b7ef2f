/**
 * Classic twins of what the build wrote: each chunk of modules as a script that `loader.js` can run where modules, `fetch` and
 * workers are refused (a sandboxed frame on a host without CORS headers), and each data file as a script that carries it.
 */
import { transform } from 'esbuild';
import { exportedName, isPreloadHelper } from '../preload-helper.mjs';

/** Names of chunks that are spoken of in `code`: imported, statically or later, or started as a worker. */
export const chunksIn = (code, exists) =>
  [...new Set([...code.matchAll(/["'`/]([\w.-]+\.js)["'`]/g)].map(([, name]) => name))].filter(exists);

/** The twin of the module `code`, whose file is called `name`. */
export async function twinOf(name, code) {
  // The loader has its own.
  if (isPreloadHelper(name)) return twin(name, [], `module.exports = { ${exportedName(name, code)}: preload };`);
  const { code: body } = await transform(code, {
    format: 'cjs',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    define: { 'import.meta.url': 'address' },
    logLevel: 'error',
  });
  const needs = new Set();
  const loading = body
    .replace(/\bimport\(([`"'])\.\/([\w.-]+\.js)\1\)/g, 'load("$2")')
    .replace(/\brequire\(([`"'])\.\/([\w.-]+\.js)\1\)/g, (_, _quote, need) => {
      needs.add(need);
      return `require("${need}")`;
    });
  if (/\bimport\.meta\b/.test(loading)) throw new Error(`${name} asks for import.meta, which a classic script lacks.`);
  return twin(name, [...needs], loading);
}

/** The block keeps names that the code declares apart from those it is given. */
const twin = (name, needs, body) =>
  `classicTwins.module(${JSON.stringify(name)},${JSON.stringify(needs)},function(require,module,load,address,preload,Worker,fetch,XMLHttpRequest){"use strict";{${body}\n}});\n`;

const escapes = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\0': '\\x00' };

/** A script that carries a file: each byte a character, which compresses nearly as well as the file itself. */
export function carrying(path, bytes) {
  const text = bytes.toString('latin1').replace(/[\\"\n\r\0]/g, (character) => escapes[character]);
  return `classicTwins.file(${JSON.stringify(path)},"${text}");\n`;
}
