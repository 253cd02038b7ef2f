import { Cite } from '@citation-js/core';
import { describe, expect, test } from 'vitest';
import { type Csl, cslEntries } from '#lab/bibliography';
import { type FormatName, formats, inEveryFormat } from '#site/formats';
import { pageRecord, paperRecord, runRecord } from '#site/records';
import { describeRun, fill, plainLink, type RunFacts, standIns, toTemplate } from '#site/run-template';
import { commit, version } from '#site/version';

const page = {
  slug: 'masha',
  title: '50 % off & no #1: what $n_1$ machines of MASHA send',
  url: 'https://example.org/papers/masha/',
  changed: new Date('2026-11-05'),
};
const built = `version ${version}, commit ${commit ?? 'unknown'}`;

/** By hand, from the formats' own descriptions: several authors, an accent, pages. */
const paperTexts: Record<FormatName, string> = {
  BibTeX: String.raw`@inproceedings{masha,
	author = {Beznosikov, Aleksandr and Richt{\' a}rik, Peter and Diskin, Michael and Ryabinin, Max and Gasnikov, Alexander},
	booktitle = {Advances in {Neural} {Information} {Processing} {Systems}},
	doi = {10.48550/arXiv.2110.03313},
	year = {2022},
	note = {First on arXiv in 2021},
	pages = {14013--14029},
	title = {Distributed {Methods} with {Compressed} {Communication} for {Solving} {Variational} {Inequalities}, with {Theoretical} {Guarantees}},
	url = {https://arxiv.org/abs/2110.03313},
	howpublished = {https://arxiv.org/abs/2110.03313},
	volume = {35},
}
`,
  APA: 'Beznosikov, A., Richtárik, P., Diskin, M., Ryabinin, M., & Gasnikov, A. (2022). Distributed Methods with Compressed Communication for Solving Variational Inequalities, with Theoretical Guarantees. Advances in Neural Information Processing Systems, 35, 14013–14029. https://doi.org/10.48550/arXiv.2110.03313\n',
  Chicago:
    'Beznosikov, Aleksandr, Peter Richtárik, Michael Diskin, Max Ryabinin, and Alexander Gasnikov. 2022. “Distributed Methods with Compressed Communication for Solving Variational Inequalities, with Theoretical Guarantees.” In Advances in Neural Information Processing Systems, 35:14013–29. https://doi.org/10.48550/arXiv.2110.03313.\n',
  RIS: `TY  - CONF
AU  - Beznosikov, Aleksandr
AU  - Richtárik, Peter
AU  - Diskin, Michael
AU  - Ryabinin, Max
AU  - Gasnikov, Alexander
C3  - Advances in Neural Information Processing Systems
DA  - 2022///
C2  - 2022
DO  - 10.48550/arXiv.2110.03313
ID  - masha
N1  - First on arXiv in 2021
SP  - 14013-14029
TI  - Distributed Methods with Compressed Communication for Solving Variational Inequalities, with Theoretical Guarantees
UR  - https://arxiv.org/abs/2110.03313
VL  - 35
ER  - 
`,
  'CSL-JSON': '',
};

test.each(Object.keys(paperTexts).filter((name) => name !== 'CSL-JSON') as FormatName[])(
  'a paper in %s is what one would write by hand',
  (name) => expect(formats[name]([paperRecord('masha')])).toBe(paperTexts[name]),
);

test('a page is cited under its own title and authors, with LaTeX escaped where it is LaTeX', () => {
  const record = pageRecord(page);
  expect(formats.BibTeX([record])).toBe(String.raw`@misc{perceptron-papers-masha,
	author = {{The Perceptron Papers authors}},
	year = {2026},
	month = {nov 5},
	note = {Perceptron Papers, ${built}},
	title = {50 \% off \& no \#1: what \textdollar{}n\textunderscore{}1\textdollar{} machines of {MASHA} send},
	url = {https://example.org/papers/masha/},
	howpublished = {https://example.org/papers/masha/},
}
`);
  expect(formats.APA([record])).toBe(
    `The Perceptron Papers authors. (2026, November 5). ${page.title}. Perceptron Papers. ${page.url}\n`,
  );
  expect(formats.Chicago([record])).toContain(
    'Perceptron Papers. November 5, 2026. https://example.org/papers/masha/.',
  );
});

/** What a format has room for. */
const kept = ({ id, title, author, issued, URL, DOI, note }: Csl) => ({
  id,
  title,
  author: author?.map(({ given, family, literal }) => [given, family ?? literal]),
  year: issued?.['date-parts'][0]?.[0],
  URL,
  DOI,
  note,
});

test.each(['BibTeX', 'RIS', 'CSL-JSON'] as const)('every work and a page come back from %s as they were', (name) => {
  const records = [pageRecord(page), ...cslEntries];
  const back = new Cite(formats[name](records)).data as Csl[];
  expect(back.map(kept)).toEqual(records.map(kept));
});

test('CSL-JSON is the records themselves', () => {
  const records = [pageRecord(page), ...cslEntries];
  expect(JSON.parse(formats['CSL-JSON'](records))).toEqual(records);
});

test("BibTeX's styles, which set titles in lower case, leave every capital of a title", () => {
  const [, ...titles] = formats.BibTeX(cslEntries).split(/^\ttitle = \{/m);
  const lower = titles.map((rest) => {
    const title = rest.slice(0, rest.indexOf('},\n'));
    // As BibTeX's change.case$ does: neither within braces, nor the first letter, nor one after a colon.
    let depth = 0;
    const letters = [...title].map((letter, i) => {
      depth += letter === '{' ? 1 : letter === '}' ? -1 : 0;
      return depth > 0 || i === 0 || /: $/.test(title.slice(0, i)) ? letter : letter.toLowerCase();
    });
    return letters.join('').replace(/[{}]/g, '');
  });
  const plain = titles.map((rest) => rest.slice(0, rest.indexOf('},\n')).replace(/[{}]/g, ''));
  expect(lower).toEqual(plain);
  expect(plain).toContain('FreSh: Frequency Shifting for Accelerated Neural Representation Learning');
});

describe('the citation of a run', () => {
  const run: RunFacts = {
    link: "https://example.org/papers/fresh/?backend=cpu#spectral-bias?width=8&amplitudes=1,0.5&text=a%20b_c~d$e'(f)*!&step=3",
    seed: '3',
    step: 3,
    backend: 'cpu',
    date: { year: 2027, month: 2, day: 14 },
  };
  const runs = [
    run,
    { ...run, seed: null, step: 0, backend: 'wasm', date: { year: 2031, month: 9, day: 30 } },
    { ...run, link: 'https://example.org/?x={"a\\b"}<c>é^|`#x', date: { year: 2028, month: 12, day: 31 } },
  ];
  const title = 'What 9 of 12 frequencies & 31 % say';
  const formatted = (facts: RunFacts) => {
    const { year, month, day } = facts.date;
    const date = new Date(Date.UTC(year, month - 1, day));
    return runRecord('fresh', 'x', title, describeRun(facts), plainLink(facts.link), date);
  };
  const templates = inEveryFormat((format) => {
    const { run, link, date } = standIns;
    return toTemplate(format([runRecord('fresh', 'x', title, run, link, date)]));
  });

  test.each(Object.keys(formats) as FormatName[])('in %s is what the formatter would have made of it', (name) => {
    for (const facts of runs) expect(fill(templates[name], facts)).toBe(formats[name]([formatted(facts)]));
  });

  test('holds permalink, seed, step, backend, version, commit and day in every format', () => {
    for (const [name, template] of Object.entries(templates)) {
      const text = fill(template, run);
      expect(text, name).toContain(plainLink(run.link));
      expect(text, name).toContain(`seed 3, step 3, backend cpu; site ${built}`);
      expect(text, name).toMatch(/2027, February 14|February 14, 2027|feb 14|2027\/02\/14|2027, 2, 14/);
    }
  });

  test('is refused by the build where a format lost the address', () => {
    expect(() => toTemplate(`${standIns.run} 9876, December 31`)).toThrow('link');
  });
});
