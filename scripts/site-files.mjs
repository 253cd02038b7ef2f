/** What lies in the built site, and which of it a page needs: read from the files themselves, as a browser would find it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Names of files as HTML, CSS and scripts write them, and addresses of pages that are named after a file of code. */
const NAMES = /[\w@~./-]+\.\w+\/?/g;
/** What a page mentions without needing it: the notices, the map of the site. */
const NOT_NEEDED = /\.(txt|xml|md)$/;
/** Where Vite says which files to ask for ahead; the imports name the scripts among them once more. */
const AHEAD = /m\.f=\[([^\]]*)\]/g;
/** The experiments of one paper in the list of all. */
const PAPER = /(["'`])\/content\/papers\/([\w-]+)\/experiments\.ts\1:\(\)=>.*?import\((["'`])[^"'`]+\3\)/g;
const IMPORT = /import\((["'`])[^"'`]+\1\)$/;
/** Folders of data that a mechanism names. */
const DATA = /\bdata\/([\w-]+)/g;

/** tfjs's build for browsers without SIMD, which are years old. It is kept once it was used, as any file. */
const OLD_BROWSERS = /\/tfjs-backend-wasm-(?!simd)/;

/** The papers whose widgets a page shows. */
const papersOf = (html) => new Set([...html.matchAll(/data-experiment="([\w-]+)\//g)].map(([, slug]) => slug));

/** `code` in which the list of all experiments holds those of the papers `slugs` alone. */
export const onlyPapers = (code, slugs) =>
  code.replace(PAPER, (edge, _quote, paper) => (slugs.has(paper) ? edge : edge.replace(IMPORT, 'Promise.resolve({})')));

export class SiteFiles {
  /** `base` is the path that the site is built for; it ends in a slash. */
  constructor(dist) {
    this.dist = dist;
    this.paths = new Set(
      readdirSync(dist, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(dist, '/').length).replaceAll('\\', '/'))
        .sort(),
    );
    this.base = /<html[^>]* data-base="([^"]+)"/.exec(this.text('index.html'))?.[1];
    if (!this.base) throw new Error('index.html does not say its base path (data-base).');
  }

  text = (path) => readFileSync(join(this.dist, path), 'utf8');
  bytes = (path) => readFileSync(join(this.dist, path));
  size = (path) => statSync(join(this.dist, path)).size;

  /** The file that `name` means in the file `from`; null if there is none. */
  resolve(name, from) {
    const folder = from.slice(0, from.lastIndexOf('/') + 1);
    const path = name.startsWith(this.base)
      ? name.slice(this.base.length)
      : new URL(name, `http://site/${folder}`).pathname.slice(1);
    // Vite's list of what to ask for ahead has paths from the base.
    const found = [path, name].find((candidate) => this.paths.has(candidate));
    if (found) return found;
    return path.endsWith('/') && this.paths.has(`${path}index.html`) ? `${path}index.html` : null;
  }

  /** The files that `path` names, without the experiments of papers other than `slugs`. */
  namedIn(path, slugs) {
    const text = onlyPapers(this.text(path), slugs).replace(AHEAD, (_, names) =>
      (names.match(/[^"'`,]+\.css/g) ?? []).join(' '),
    );
    const named = [...text.matchAll(NAMES)].map(([name]) => this.resolve(name, path));
    const folders = path.endsWith('.js') ? [...text.matchAll(DATA)].map(([, name]) => `data/${name}/`) : [];
    const data = [...this.paths].filter((file) => folders.some((folder) => file.startsWith(folder)));
    return [...named, ...data].filter((file) => file !== null && !NOT_NEEDED.test(file) && !OLD_BROWSERS.test(file));
  }

  /** All that the page needs, itself included: its widgets' code and data too, and the code listings of its drawers. */
  neededBy(page) {
    const html = this.text(page);
    const slugs = papersOf(html);
    const isListing = (file) => [...slugs].some((slug) => file.startsWith(`papers/${slug}/source/`));
    const needed = new Set([page]);
    for (const path of needed) {
      if (!/\.(html|css|js)$/.test(path)) continue;
      for (const file of this.namedIn(path, slugs)) if (!file.endsWith('.html') || isListing(file)) needed.add(file);
    }
    for (const slug of slugs) {
      needed.add(`papers/${slug}/results.json`);
      if (![...needed].some((file) => /\/experiments[.-][^/]+\.js$/.test(file)))
        throw new Error(
          `${page} has widgets of ${slug}, but their code was not found: Vite writes its imports otherwise.`,
        );
    }
    return needed;
  }
}
