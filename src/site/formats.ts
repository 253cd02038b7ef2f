/** Records as texts to cite by, written by citation-js when the site is built. It is too large to be sent to readers. */
import { Cite, plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import '@citation-js/plugin-ris';
import type { Csl } from '#lab/bibliography';
// The 17th edition, author and date; the package keeps its styles to itself.
import chicago from '../../node_modules/rehype-citation/dist/node/styles/chicago.js';

plugins.config.get('@csl').templates.add('chicago', chicago);
// Ids are safe labels: letters, digits and hyphens.
Object.assign(plugins.config.get('@bibtex').format, { useIdAsLabel: true, checkLabel: false });

/** BibTeX's styles set titles in lower case. citation-js guards words with a capital, but not after a colon nor the first: "FreSh". */
const guarded = ({ genre, ...record }: Csl): Csl => ({
  ...record,
  title: record.title.replace(/(?<=^|: )(?=\S[^\s:]*[A-Z])[^\s:]+/g, '<span class="nocase">$&</span>'),
});

const bibtex = (records: readonly Csl[]): string =>
  new Cite(records.map(guarded))
    .format('bibtex')
    .trim()
    .replace(/\n{2,}/g, '\n\n')
    .concat('\n');

/** `2026/5/1/` with two digits for month and day, as RIS wants them. */
const padded = (date: string) => date.replace(/\/(\d)(?=\/)/g, '/0$1');

/** Not citation-js's own text, which breaks lines after 70 characters, addresses too, cuts ids after 20 and writes 2026/5/1. */
function ris(records: readonly Csl[]): string {
  const entries = new Cite(records).format('ris', { format: 'object' });
  return entries
    .map(({ TY, ...tags }, i) => {
      const all = Object.entries({ TY: TY ?? 'GEN', ...tags, ID: records[i]?.id ?? '' });
      const lines = all.flatMap(([tag, values]) =>
        [values].flat().map((value) => `${tag}  - ${tag === 'DA' ? padded(value) : value}`),
      );
      return [...lines, 'ER  - ', ''].join('\n');
    })
    .join('\n');
}

/** Dates stay on one line. */
const cslJson = (records: readonly Csl[]): string =>
  `${JSON.stringify(records, null, 2).replace(/\[\s+\[\s+([\d,\s]+?)\s+\]\s+\]/g, (_, parts: string) => `[[${parts.replace(/\s+/g, ' ')}]]`)}\n`;

const styled = (template: string) => (records: readonly Csl[]) =>
  new Cite(records).format('bibliography', { template, format: 'text', lang: 'en-US' });

/** By the name that readers see, in the order in which they see them. */
export const formats = {
  BibTeX: bibtex,
  APA: styled('apa'),
  Chicago: styled('chicago'),
  RIS: ris,
  'CSL-JSON': cslJson,
} as const satisfies Record<string, (records: readonly Csl[]) => string>;

export type FormatName = keyof typeof formats;

/** What `write` makes of each format. */
export const inEveryFormat = <T>(write: (format: (records: readonly Csl[]) => string) => T): Record<FormatName, T> =>
  Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, write(format)])) as Record<FormatName, T>;
