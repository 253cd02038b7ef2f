/**
 * The citation of a run, whose address and date nobody knows when the site is built: citation-js formats a run that has
 * stand-ins for them, and the page puts in their place what the format wants there.
 */

/** What a page knows of a run. */
export interface RunFacts {
  /** Brings the run back. */
  link: string;
  /** Null where nothing is drawn at random. */
  seed: string | null;
  step: number;
  backend: string;
  /** The day of the run, as its reader's calendar has it. */
  date: { year: number; month: number; day: number };
}

/** Pieces of text; between two of them stands the name of a fact. */
export type Template = string[];

/** Letters that no format escapes, and a day that no page has. */
export const standIns = {
  run: 'STANDINFORRUN',
  link: 'https://stand-in.invalid/',
  date: new Date(Date.UTC(9876, 11, 31)),
};

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const two = (n: number) => `${n}`.padStart(2, '0');
const monthOf = ({ date }: RunFacts) => MONTHS[date.month - 1] ?? '';

/** Said of the run in every format. Letters, digits, commas and spaces: nothing that a format would escape. */
export const describeRun = ({ seed, step, backend }: RunFacts): string =>
  [seed === null ? 'no seed' : `seed ${seed}`, `step ${step}`, `backend ${backend}`]
    .join(', ')
    .replace(/[^\w ,.-]/g, '');

/** An address of ASCII without quotes, braces and backslashes, which mean something to a format. */
export const plainLink = (link: string): string =>
  link.replace(/[^\w\-.~:/?#[\]@!$&()*+,;=%]/gu, (character) =>
    character === "'" ? '%27' : encodeURIComponent(character),
  );

const LATEX: Record<string, string> = {
  '#': '\\#',
  $: '\\textdollar{}',
  '%': '\\%',
  '&': '\\&',
  _: '\\textunderscore{}',
  '~': '\\textasciitilde{}',
};

/** How each stand-in looks in a format, and what comes there. The first that fits wins. */
const facts: Record<string, { standIn: string; write(run: RunFacts): string }> = {
  run: { standIn: standIns.run, write: describeRun },
  // BibTeX takes an address as it is in `url` and as LaTeX elsewhere.
  latexLink: {
    standIn: `(?<=howpublished = \\{)${standIns.link}`,
    write: ({ link }) => plainLink(link).replace(/[#$%&_~]/g, (character) => LATEX[character] ?? character),
  },
  link: { standIn: standIns.link, write: ({ link }) => plainLink(link) },
  apaDate: { standIn: '9876, December 31', write: (run) => `${run.date.year}, ${monthOf(run)} ${run.date.day}` },
  chicagoDate: { standIn: 'December 31, 9876', write: (run) => `${monthOf(run)} ${run.date.day}, ${run.date.year}` },
  bibtexMonth: {
    standIn: 'dec 31(?=\\},)',
    write: (run) => `${monthOf(run).slice(0, 3).toLowerCase()} ${run.date.day}`,
  },
  risDate: {
    standIn: '9876/12/31',
    write: ({ date }) => `${date.year}/${two(date.month)}/${two(date.day)}`,
  },
  dateParts: { standIn: '9876, 12, 31', write: ({ date }) => `${date.year}, ${date.month}, ${date.day}` },
  year: { standIn: '9876', write: ({ date }) => `${date.year}` },
};

const pattern = new RegExp(
  Object.entries(facts)
    .map(([name, { standIn }]) => `(?<${name}>${standIn})`)
    .join('|'),
  'g',
);

/** Cuts the text of a run that has stand-ins. Fails where the format lost one of them. */
export function toTemplate(text: string): Template {
  const template: Template = [];
  let end = 0;
  for (const { index, 0: found, groups } of text.matchAll(pattern)) {
    const name = Object.keys(facts).find((fact) => groups?.[fact] !== undefined) ?? '';
    template.push(text.slice(end, index), name);
    end = index + found.length;
  }
  template.push(text.slice(end));
  for (const needed of [/^run$/, /^link$/, /Date$|^dateParts$|^year$/])
    if (!template.some((piece, i) => i % 2 === 1 && needed.test(piece)))
      throw new Error(`The citation of a run has lost ${needed}: ${text}`);
  return template;
}

/** The citation of this run. */
export const fill = (template: Template, run: RunFacts): string =>
  template.map((piece, i) => (i % 2 === 1 ? (facts[piece]?.write(run) ?? '') : piece)).join('');
