/** What is wrong with the addresses inside a built site; addresses of other sites are not followed. */

export interface Site {
  /** Address of the home page; ends in a slash. */
  home: string;
  files: Set<string>;
  /** By file. */
  pages: Map<string, Document>;
}

const ATTRIBUTES = ['href', 'src', 'component-url', 'renderer-url'];

/** A widget's permalink has a query behind its anchor. */
const anchorIn = (hash: string) => decodeURIComponent(hash.slice(1).split('?')[0] as string);

/** What is wrong with one address on the page at `from`, or nothing. */
function fault(
  address: string,
  from: URL,
  { home, files, pages }: Site,
  ids: Map<Document, Set<string>>,
): string | null {
  const url = new URL(address, from);
  const { origin, pathname } = new URL(home);
  if (url.origin !== origin) return null;
  if (!url.pathname.startsWith(pathname)) return `is not below ${pathname}`;
  const path = decodeURIComponent(url.pathname.slice(pathname.length));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  if (!files.has(file)) return `leads to ${file}, which is not there`;
  const document = pages.get(file);
  const anchor = anchorIn(url.hash);
  if (document && anchor && !ids.get(document)?.has(anchor)) return `leads to ${file}, which has no #${anchor}`;
  return null;
}

/** One line for every address that leads nowhere and every id that a page has twice. */
export function faultyAddresses(site: Site): string[] {
  const faults: string[] = [];
  const ids = new Map<Document, Set<string>>();
  for (const [file, document] of site.pages) {
    const seen = new Set<string>();
    for (const { id } of document.querySelectorAll('[id]')) {
      if (seen.has(id)) faults.push(`${file}: #${id} is there twice`);
      seen.add(id);
    }
    ids.set(document, seen);
  }
  for (const [file, document] of site.pages) {
    const from = new URL(file.replace(/(^|\/)index\.html$/, '$1'), site.home);
    for (const attribute of ATTRIBUTES)
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        const address = element.getAttribute(attribute) as string;
        const wrong = fault(address, from, site, ids);
        if (wrong) faults.push(`${file}: ${address} ${wrong}`);
      }
  }
  return faults;
}
