/** `content/bibliography.bib`, read at build time with citation-js. */
import { readFileSync } from 'node:fs';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import themes from '../../content/themes.json';

/** CSL-JSON, as far as this site names its fields; entries of the bibliography have more. */
export interface Csl {
  id: string;
  type: string;
  title: string;
  author?: { given?: string; family?: string; literal?: string }[];
  issued?: { 'date-parts': number[][] };
  URL?: string;
  DOI?: string;
  'container-title'?: string;
  genre?: string;
  version?: string;
  note?: string;
}

interface CslEntry extends Csl {
  keyword?: string;
  annote?: string;
  /** How citation-js came by it. */
  _graph?: unknown;
}

export interface Reference {
  key: string;
  title: string;
  /** "First Last", in the paper's order. */
  authors: string[];
  year: number | null;
  venue: string | null;
  url: string | null;
  doi: string | null;
  theme: string | null;
  /** One sentence of ours on what the paper shows. */
  summary: string | null;
  note: string | null;
}

const toReference = (entry: CslEntry): Reference => ({
  key: entry.id,
  title: entry.title,
  authors: (entry.author ?? []).map(({ given, family }) => [given, family].filter(Boolean).join(' ')),
  year: entry.issued?.['date-parts'][0]?.[0] ?? null,
  venue: entry['container-title'] ?? null,
  url: entry.URL ?? null,
  doi: entry.DOI ?? null,
  theme: entry.keyword ?? null,
  summary: entry.annote ?? null,
  note: entry.note ?? null,
});

const entries = new Cite(readFileSync('content/bibliography.bib', 'utf8')).data as CslEntry[];
const references = new Map(entries.map((entry) => [entry.id, toReference(entry)]));

/** Every entry as CSL-JSON, less what this site adds to it: a theme and a summary. */
export const cslEntries: readonly Csl[] = entries.map(({ annote, keyword, _graph, ...entry }) => entry);

export function reference(key: string): Reference {
  const found = references.get(key);
  if (!found) throw new Error(`content/bibliography.bib has no entry "${key}".`);
  return found;
}

/** The papers that this site explains or will explain, by theme, in reading order. */
export const papersByTheme = (): { name: string; blurb: string; papers: Reference[] }[] =>
  themes.map((theme) => ({ ...theme, papers: [...references.values()].filter((r) => r.theme === theme.name) }));

/** "Kania et al." or "Mahankali, Hashimoto and Ma". */
export function shortAuthors({ authors }: Reference): string {
  const families = authors.map((name) => name.split(' ').at(-1) as string);
  if (families.length > 3) return `${families[0]} et al.`;
  return families.length > 1 ? `${families.slice(0, -1).join(', ')} and ${families.at(-1)}` : (families[0] ?? '');
}
