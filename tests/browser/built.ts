/** The built site as it lies in dist/: its files, its pages as documents, and what of them has a permanent address. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseHTML } from 'linkedom';
import { PERMANENT } from '#site/permanent';

/** Every file of dist/, relative to it. */
export const builtFiles = (): string[] =>
  readdirSync('dist', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative('dist', join(entry.parentPath, entry.name)));

/** Every page of dist/ by its file. */
export const builtPages = (): Map<string, Document> =>
  new Map(
    builtFiles()
      .filter((file) => file.endsWith('.html'))
      .map((file) => [file, parseHTML(readFileSync(join('dist', file), 'utf8')).document]),
  );

/** The ids of every page that has any, by its address below the home page. */
export type Permalinks = Record<string, string[]>;

export function permalinksOf(pages: Map<string, Document>): Permalinks {
  const found: Permalinks = {};
  for (const [file, document] of pages) {
    const ids = [...document.querySelectorAll(PERMANENT)].map(({ id }) => id);
    if (ids.length > 0) found[file.replace(/index\.html$/, '')] = ids;
  }
  return found;
}

/** What was promised and is not there any more, as addresses. */
export const lost = (promised: Permalinks, now: Permalinks): string[] =>
  Object.entries(promised).flatMap(([page, ids]) =>
    ids.filter((id) => !now[page]?.includes(id)).map((id) => `${page}#${id}`),
  );

/** Both together, in order: promises are added and never taken back. */
export function added(promised: Permalinks, now: Permalinks): Permalinks {
  const pages = [...new Set([...Object.keys(promised), ...Object.keys(now)])].sort();
  return Object.fromEntries(
    pages.map((page) => [page, [...new Set([...(promised[page] ?? []), ...(now[page] ?? [])])].sort()]),
  );
}
