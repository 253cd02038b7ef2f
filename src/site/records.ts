/** What can be cited here, as CSL-JSON: a page, the paper that it explains, a run of one of its widgets. */
import { type Csl, cslEntries } from '#lab/bibliography';
import { authors } from './authors';
import { commit, version } from './version';

export const SITE_NAME = 'Perceptron Papers';

/** A paper's page, as far as a citation tells of it. */
export interface CitedPage {
  slug: string;
  title: string;
  /** Its canonical address. */
  url: string;
  /** Of its latest change. */
  changed: Date;
}

const exactVersion = `${version}, commit ${commit ?? 'unknown'}`;

const datedAt = (date: Date) => ({
  'date-parts': [[date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]],
});

const onThisSite = { type: 'webpage', author: authors, 'container-title': SITE_NAME, version: exactVersion };

export const pageRecord = ({ slug, title, url, changed }: CitedPage): Csl => ({
  ...onThisSite,
  id: `perceptron-papers-${slug}`,
  title,
  URL: url,
  issued: datedAt(changed),
  // BibTeX and RIS have no field for these two.
  note: `${SITE_NAME}, version ${exactVersion}`,
});

export function paperRecord(slug: string): Csl {
  const found = cslEntries.find(({ id }) => id === slug);
  if (!found) throw new Error(`content/bibliography.bib has no entry "${slug}".`);
  return found;
}

/** One run: `run` says its seed, step and backend, `url` brings it back. */
export function runRecord(slug: string, anchor: string, title: string, run: string, url: string, date: Date): Csl {
  const genre = `Interactive run: ${run}; site version ${exactVersion}`;
  return {
    ...onThisSite,
    id: `perceptron-papers-${slug}-${anchor}-run`,
    title,
    URL: url,
    issued: datedAt(date),
    genre,
    note: `${SITE_NAME}. ${genre}`,
  };
}
