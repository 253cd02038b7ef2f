/**
 * The content security policy of every built page, as a `<meta>`: scripts and styles of this site alone, and of what stands in a
 * page itself only what its hash names. Static hosts send no headers, so this is the one place for it.
 *
 * Astro's own `security.csp` writes its hashes while pages are rendered, before `style` attributes are lifted and fonts are cut,
 * knows neither `is:inline` scripts nor attributes, and would need this step besides. So this step, the last that touches a
 * page, does the whole.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'parse5';
import { hashedName } from './hashed-name.mjs';
import { attributeOf, editsFor, Lifted } from './lift-styles.mjs';

/** WebAssembly: the search, and tfjs. `data:` and `blob:` pictures: charts of pixels, and what a reader drops. */
const POLICY = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** Widgets in sandboxed frames, where a worker cannot come from an address. */
const EMBEDS = { 'worker-src': ["'self'", 'blob:'] };

/** Script elements of another type are data. */
const SCRIPTS = ['', 'module', 'text/javascript', 'importmap', 'speculationrules'];

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The elements of a page in order, each with whether it is part of a code listing. */
function* elementsOf(node, inListing = false) {
  const inside = inListing || (node.attrs && attributeOf(node, 'class')?.split(' ').includes('expressive-code'));
  if (node.attrs) yield { element: node, inListing: inside };
  for (const child of [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])])
    yield* elementsOf(child, inside);
}

/** The page with its policy and without `style` attributes; those of code listings go to `listings`. */
export function secured(html, path, listings) {
  const styles = new Lifted('_');
  const hashes = { 'script-src': new Set(), 'style-src': new Set() };
  const edits = new Map();
  const places = {};
  const edit = (change) => edits.set(change.startOffset, change);

  for (const { element, inListing } of elementsOf(
    parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false }),
  )) {
    const { tagName } = element;
    const handler = element.attrs.find(({ name }) => name.startsWith('on'));
    if (handler) throw new Error(`${path}: <${tagName} ${handler.name}>: the policy refuses handlers in attributes.`);
    if (attributeOf(element, 'style') !== undefined)
      for (const change of editsFor(element, inListing ? listings : styles)) edit(change);
    const text = element.childNodes.map(({ value = '' }) => value).join('');
    if (tagName === 'style') hashes['style-src'].add(hashOf(text));
    const isCode = SCRIPTS.includes(attributeOf(element, 'type') ?? '');
    if (tagName === 'script' && isCode && attributeOf(element, 'src') === undefined)
      hashes['script-src'].add(hashOf(text));
    if (tagName === 'meta' && attributeOf(element, 'charset')) places.policy = element.sourceCodeLocation.endOffset;
    if (tagName === 'head') places.styles = element.sourceCodeLocation.endTag.startOffset;
  }

  if (styles.sheet) {
    hashes['style-src'].add(hashOf(styles.sheet));
    edit({ startOffset: places.styles, endOffset: places.styles, text: `<style>${styles.sheet}</style>` });
  }
  const wanted = path.startsWith('embed/') ? { ...POLICY, ...EMBEDS } : POLICY;
  const policy = Object.entries(wanted).map(([name, sources]) => [name, ...sources, ...(hashes[name] ?? [])].join(' '));
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy.join(';')}">`;
  // Before everything that it governs.
  edit({ startOffset: places.policy, endOffset: places.policy, text: meta });

  let from = 0;
  const parts = [...edits.values()]
    .sort((a, b) => a.startOffset - b.startOffset)
    .map(({ startOffset, endOffset, text }) => {
      const part = html.slice(from, startOffset) + text;
      from = endOffset;
      return part;
    });
  return parts.join('') + html.slice(from);
}

/** The sheet of the listings, which knows the words of code by their `style` attribute. */
function withClasses(sheet) {
  const word = "span[style^='--']:not([class])";
  if (!sheet.includes(word)) throw new Error(`The style sheet of code listings has no longer a rule for ${word}.`);
  return sheet.replaceAll(word, "span[class^='_t']");
}

function secureSite(dist) {
  const files = readdirSync(dist, { recursive: true }).sort();
  // Listings also come into other pages, so that their styles stand in the sheet which each of them brings along.
  const listings = new Lifted('_t');
  const pages = files
    .filter((file) => file.endsWith('.html'))
    .map((path) => ({ path, html: secured(readFileSync(join(dist, path), 'utf8'), path, listings) }));
  const sheet = files.find((file) => /^_astro\/ec\.\w+\.css$/.test(file));
  const old = join(dist, sheet);
  const content = withClasses(readFileSync(old, 'utf8')) + listings.sheet;
  const name = `_astro/${hashedName(sheet, content)}`;
  rmSync(old);
  writeFileSync(join(dist, name), content);
  for (const { path, html } of pages) writeFileSync(join(dist, path), html.replaceAll(sheet, name));
}

/** An Astro integration, to stand behind those that change pages. */
export const csp = () => ({
  name: 'csp',
  hooks: { 'astro:build:done': ({ dir }) => secureSite(fileURLToPath(dir)) },
});
