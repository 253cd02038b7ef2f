/**
 * After the build: embed pages load their code as classic scripts, since a sandboxed frame is given no modules by a host
 * without CORS headers. What they may load is written to `_classic/`: the loader, a twin of each module, and the data.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { carrying, chunksIn, twinOf } from './twins.mjs';

const FOLDER = '_classic';
/** Files that experiments, widgets and tfjs read. */
const DATA = /^(data\/.+\.(?!md$)\w+|papers\/[^/]+\/results\.json|_astro\/.+\.wasm)$/;

const loader = readFileSync(new URL('./loader.js', import.meta.url));

/** An embed page uses the reader's own fonts: of another origin, fonts too need CORS headers. */
const fontPreload = /<link rel="preload" as="font"[^>]*>/g;
const moduleScript = /<script type="module"(?: src="[^"]*\/([^"/]+)")?>(.*?)<\/script>/gs;

async function classicEmbeds(dist, base) {
  const files = readdirSync(dist, { recursive: true }).map((file) => file.replaceAll('\\', '/'));
  const write = (path, content) => {
    mkdirSync(dirname(join(dist, FOLDER, path)), { recursive: true });
    writeFileSync(join(dist, FOLDER, path), content);
  };
  const hash = createHash('sha256').update(loader).digest('base64url').slice(0, 8);
  const loaderName = `loader.${hash}.js`;
  const chunks = new Set(files.filter((file) => /^_astro\/[^/]+\.js$/.test(file)).map((file) => file.slice(7)));
  const code = new Map();
  const collect = (name, text) => {
    if (code.has(name)) return;
    code.set(name, text);
    for (const chunk of chunksIn(text, (chunk) => chunks.has(chunk)))
      collect(chunk, readFileSync(join(dist, '_astro', chunk), 'utf8'));
  };

  for (const page of files.filter((file) => /^embed\/.*\.html$/.test(file))) {
    const html = readFileSync(join(dist, page), 'utf8');
    const start = [...html.matchAll(moduleScript)].map(([, src, text]) => {
      // A short module stands in the page itself.
      const name = src ?? `inline.${createHash('sha256').update(text).digest('hex').slice(0, 8)}.js`;
      collect(name, src ? readFileSync(join(dist, '_astro', src), 'utf8') : text);
      return name;
    });
    const script = `<script src="${base}${FOLDER}/${loaderName}" data-start="${start.join(' ')}" defer></script>`;
    writeFileSync(
      join(dist, page),
      html
        .replace(moduleScript, '')
        .replace(fontPreload, '')
        .replace('</head>', () => `${script}</head>`),
    );
  }

  write(loaderName, loader);
  await Promise.all([...code].map(async ([name, text]) => write(name, await twinOf(name, text))));
  for (const file of files.filter((file) => DATA.test(file)))
    write(`${file}.js`, carrying(file, readFileSync(join(dist, file))));
}

/** An Astro integration, to stand behind those that rename files. */
export const embeds = () => {
  let base = '/';
  return {
    name: 'embeds',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': ({ dir }) => classicEmbeds(fileURLToPath(dir), base),
    },
  };
};
