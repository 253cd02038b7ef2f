/**
 * Cuts the fonts of the built site down to what its pages show: the characters, and the weights and optical sizes. Whole, they would
 * be half a megabyte a page. A file that changes gets a new name, since browsers may keep one for ever.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseHTML } from 'linkedom';
import subsetFont from 'subset-font';
import { hashedName } from './hashed-name.mjs';

/** What is left of the axes of a variable font; a weight that is fixed leaves bolder text to the browser. */
const AXES = {
  'Source Serif 4 Variable normal': { wght: { min: 400, max: 700 }, opsz: 18 },
  'Source Serif 4 Variable italic': { wght: 400, opsz: 18 },
  'Source Serif 4 Display normal': { wght: 620, opsz: 44 },
  'Inter Variable normal': { wght: { min: 400, max: 700 } },
  'JetBrains Mono Variable normal': { wght: 400 },
};

/**
 * What is asked for with the page, and by which pages: each font that comes after the text makes the browser lay out the whole
 * page once more.
 */
const EARLY = {
  'Source Serif 4 Variable normal': /<p/,
  'Source Serif 4 Variable italic': /<p>[^<]*<em>/,
  'Source Serif 4 Display normal': /<h1/,
  'Inter Variable normal': /<nav/,
  'JetBrains Mono Variable normal': /<p>[^<]*<code/,
  'KaTeX_Main normal': /class="katex-html/,
  'KaTeX_Math italic': /class="katex-html/,
};

/** Kerning, accents and figures of one width. Ligatures of code, a third of its font, go: it is shown as it is typed. */
const FEATURES = ['kern', 'liga', 'ccmp', 'mark', 'mkmk', 'tnum'];

const escapes = /&#x([\da-f]+);|&#(\d+);|\\u\{?([\da-f]{4,5})\}?/gi;

/** All characters of the files, those that HTML or JavaScript writes as a number too. */
function charactersOf(texts) {
  const found = new Set();
  for (const text of texts) {
    for (const [, hex, decimal, js] of text.matchAll(escapes))
      found.add(String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? js, 16)));
    for (const character of text) found.add(character);
  }
  return found;
}

/** Per family of KaTeX the characters of the formulas that its style sheet sets in it. */
function formulaCharacters(css, pages) {
  const rules = [...css.matchAll(/([^{}]+)\{[^{}]*font(?:-family)?:[^;{}]*\b(KaTeX_\w+)[^{}]*\}/g)]
    .map(([, selector, family]) => ({ selector, family }))
    .filter(({ selector }) => !selector.includes('@font-face'));
  const found = {};
  for (const page of pages) {
    const { document } = parseHTML(page);
    const families = new Map();
    for (const { selector, family } of rules) {
      for (const element of document.querySelectorAll(selector))
        families.set(element, [...(families.get(element) ?? []), family]);
    }
    for (const element of document.querySelectorAll('.katex-html *')) {
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data);
      let setter = element;
      while (!families.has(setter)) setter = setter.parentElement;
      for (const family of families.get(setter)) found[family] = new Set([...(found[family] ?? []), ...own.join('')]);
    }
  }
  return found;
}

/** Whether a face's `unicode-range` holds the character; a face without one holds all. */
function holds(face, character) {
  const ranges = /unicode-range:([^;}]+)/i.exec(face)?.[1].split(',');
  return (
    !ranges ||
    ranges.some((range) => {
      const [from, to = from] = range.trim().slice(2).split('-');
      const code = character.codePointAt(0);
      // U+4?? is short for U+400-4FF.
      return (
        code >= Number.parseInt(from.replaceAll('?', '0'), 16) && code <= Number.parseInt(to.replaceAll('?', 'f'), 16)
      );
    })
  );
}

async function cutSite(dist) {
  const files = readdirSync(dist, { recursive: true }).map((file) => join(dist, file));
  const read = (end) =>
    files.filter((file) => file.endsWith(end)).map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  const [pages, scripts, sheets] = ['.html', '.js', '.css'].map(read);
  const texts = [...pages, ...scripts, ...sheets].map(({ text }) => text);
  const characters = [...charactersOf(texts)];
  const folder = join(dist, '_astro');
  const renamed = new Map();
  const early = new Map();
  const spent = new Set();

  for (const { path, text } of sheets.filter(({ text }) => text.includes('@font-face'))) {
    const formulas = formulaCharacters(
      text,
      pages.map(({ text }) => text).filter((page) => page.includes('class="katex"')),
    );
    let sheet = text;
    for (const [face] of text.matchAll(/@font-face\s*\{[^}]*\}/g)) {
      const [, family] = /font-family:\s*["']?([^;"']+)/.exec(face);
      const kind = `${family} ${face.includes('italic') ? 'italic' : 'normal'}`;
      const urls = [...face.matchAll(/url\(["']?([^"')]+)/g)].map(([, url]) => url);
      if (urls.length === 0) continue;
      for (const url of urls) spent.add(join(folder, basename(url)));
      const wanted = family.startsWith('KaTeX')
        ? [...(formulas[family] ?? [])]
        : characters.filter((character) => holds(face, character));
      if (wanted.length === 0) {
        sheet = sheet.replace(face, '');
        continue;
      }
      const axes = AXES[kind];
      // The first is the woff2, which every browser of today reads.
      const [url] = urls;
      const font = await subsetFont(readFileSync(join(folder, basename(url))), wanted.join(''), {
        targetFormat: 'woff2',
        keepFeatures: FEATURES,
        noHinting: true,
        ...(axes && { variationAxes: axes }),
      });
      const name = hashedName(url, font);
      writeFileSync(join(folder, name), font);
      const address = url.replace(basename(url), name);
      // Of the files of a family, the one with most of the letters.
      if (EARLY[kind] && wanted.includes('a') && !/font-weight:(700|bold)/.test(face)) early.set(address, EARLY[kind]);
      let cut = face.replace(/src:[^;}]*/, `src:url(${address})format("woff2")`);
      if (typeof axes?.wght === 'number') cut = cut.replace(/font-weight:[^;}]*/, `font-weight:${axes.wght}`);
      sheet = sheet.replace(face, cut);
    }
    const name = hashedName(path, sheet);
    renamed.set(basename(path), name);
    writeFileSync(join(folder, name), sheet);
    spent.add(path);
  }

  for (const { path, text } of pages) {
    const preloads = [...early].map(([url, shown]) =>
      shown.test(text) ? `<link rel="preload" as="font" type="font/woff2" href="${url}" crossorigin>` : '',
    );
    let page = text.replace('<link rel="stylesheet"', `${preloads.join('')}<link rel="stylesheet"`);
    for (const [old, name] of renamed) page = page.replaceAll(old, name);
    writeFileSync(path, page);
  }
  for (const file of spent) rmSync(file);
  const lost = scripts.find(({ text }) => [...spent].some((file) => text.includes(basename(file))));
  if (lost) throw new Error(`${lost.path} names a font or a style sheet that is no more.`);
}

/** An Astro integration. */
export const cutFonts = () => ({
  name: 'cut-fonts',
  hooks: { 'astro:build:done': ({ dir }) => cutSite(fileURLToPath(dir)) },
});
