/** `npm run archive -- <slug> [file]`: one explainer as one file that works from disk, without a server or a network. */
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SiteFiles } from '../site-files.mjs';
import { bundle } from './bundle.mjs';
import { Inliner } from './inliner.mjs';
import { runtime } from './runtime.js';

/** No connection at all: what is not in the file does not come. Workers are blobs, whose policy is this one too. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  'connect-src data: blob:',
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
];

const kB = (text) => `${(Buffer.byteLength(text) / 1000).toFixed(0).padStart(7)} kB`;
const inScript = (code) => code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
const asJson = (value) => JSON.stringify(value).replaceAll('<', '\\u003c');

function fail(message) {
  console.error(message);
  process.exit(1);
}

const [slug, file = `${slug}.html`, ...more] = process.argv.slice(2);
if (!slug || more.length > 0)
  fail('Usage: npm run archive -- <slug> [file]. The file is <slug>.html if you name none.');
const dist = resolve('dist');
if (!existsSync(`${dist}/index.html`)) fail('The site is not built. Build it first: npm run build');
const site = new SiteFiles(dist);
const page = `papers/${slug}/index.html`;
if (!site.paths.has(page)) {
  const slugs = [...site.paths].flatMap((path) => /^papers\/([^/]+)\/index\.html$/.exec(path)?.[1] ?? []);
  fail(`There is no paper "${slug}" in dist/. There are: ${slugs.join(', ')}.`);
}

const inliner = new Inliner(site, page);
const { live, base } = inliner;
const needed = [...site.neededBy(page)];
inliner.addStyles(needed.filter((path) => path.endsWith('.css')));
const options = { site, slugs: new Set([slug]), live };

const workers = needed.filter((path) => /^_astro\/worker-[^/]+\.js$/.test(path));
const scripts = Object.fromEntries(
  await Promise.all(workers.map(async (path) => [path, await bundle([`import '/${path}';`], options)])),
);
const listings = needed.filter((path) => path.endsWith('.html') && path !== page);
/** Modules that are asked for by address: islands, and the scripts of listings. */
const asked = inliner.modulesIn([page, ...listings]);
const modules = asked.map((path) => `${JSON.stringify(path)}: () => import('/${path}')`);
const code = await bundle([...inliner.modules, `archiveModules({${modules.join(',')}});`], options);

const data = needed.filter((path) => /^(data|papers)\/|\.wasm$/.test(path) && path !== page);
const files = Object.fromEntries(data.map((path) => [path.replace(/index\.html$/, ''), inliner.dataUrl(path)]));
const start = `(${runtime})(JSON.parse(document.getElementById('archived-files').textContent));`;
const carried = asJson({ files, scripts, base, live });
const body = inliner.html
  .replace('</body>', () => `<script>${inScript(code)}</script></body>`)
  // Before everything else that runs.
  .replace(
    '<head>',
    () => `<head><script type="application/json" id="archived-files">${carried}</script><script>${start}</script>`,
  );
const hashes = [...body.matchAll(/<script>(.*?)<\/script>/gs)].map(
  ([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
);
const policy = [...POLICY, `script-src 'wasm-unsafe-eval' ${hashes.join(' ')}`].join('; ');
const html = body.replace(
  '<head>',
  () => `<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
);
writeFileSync(file, html);

const sum = (test) =>
  Object.entries(files)
    .filter(([path]) => test(path))
    .map(([, url]) => url)
    .join('');
console.log(`${file}: ${(Buffer.byteLength(html) / 1e6).toFixed(2)} MB`);
const parts = {
  'text and figures': inliner.text,
  'styles and fonts': inliner.styles,
  'code of the page': code,
  'code of the worker': Object.values(scripts).join(''),
  'WebAssembly of tfjs': sum((path) => path.endsWith('.wasm')),
  'data and weights': sum((path) => path.startsWith('data/')),
  'recorded runs': sum((path) => path.endsWith('results.json')),
  'code listings': sum((path) => path.includes('/source/')),
};
for (const [name, text] of Object.entries(parts)) console.log(`${kB(text)}  ${name}`);
if (new URL(live).hostname === 'localhost')
  console.log(`Links to other pages lead to ${live}: set SITE_URL when you build, to the address of the site.`);
