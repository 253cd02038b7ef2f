/** What search engines are told of a paper's page, in the words of schema.org. */
import type { Reference } from '#lab/bibliography';
import { authors, fullName } from './authors';
import { type CitedPage, SITE_NAME } from './records';
import { version } from './version';

const day = (date: Date) => date.toISOString().slice(0, 10);

interface Described extends CitedPage {
  description: string;
  minutes: number;
  prerequisites: readonly string[];
  /** The day of its first version. */
  published: Date;
  /** Address of the home page. */
  home: string;
}

export const learningResource = (page: Described, paper: Reference) => ({
  '@context': 'https://schema.org',
  '@type': 'LearningResource',
  '@id': page.url,
  url: page.url,
  name: page.title,
  description: page.description,
  inLanguage: 'en',
  author: authors.map((author) => ({ '@type': author.literal ? 'Organization' : 'Person', name: fullName(author) })),
  datePublished: day(page.published),
  dateModified: day(page.changed),
  version,
  license: 'https://creativecommons.org/licenses/by/4.0/',
  isAccessibleForFree: true,
  learningResourceType: 'interactive article',
  competencyRequired: page.prerequisites,
  timeRequired: `PT${page.minutes}M`,
  isPartOf: { '@type': 'WebSite', name: SITE_NAME, url: page.home },
  isBasedOn: {
    '@type': 'ScholarlyArticle',
    name: paper.title,
    author: paper.authors.map((name) => ({ '@type': 'Person', name })),
    ...(paper.year && { datePublished: `${paper.year}` }),
    ...(paper.url && { url: paper.url }),
    ...(paper.doi && { sameAs: `https://doi.org/${paper.doi}` }),
  },
});

/**
 * What Google Scholar reads: this page's own title and authors, the paper only as a reference. With the paper's in
 * their place the page would pose as the paper.
 */
export const scholarTags = (page: CitedPage, paper: Reference): [name: string, content: string][] => [
  ['citation_title', page.title],
  ...authors.map((author): [string, string] => ['citation_author', fullName(author)]),
  ['citation_publication_date', day(page.changed).replaceAll('-', '/')],
  [
    'citation_reference',
    [
      `citation_title=${paper.title}`,
      ...paper.authors.map((name) => `citation_author=${name}`),
      `citation_publication_date=${paper.year}`,
      ...(paper.doi ? [`citation_doi=${paper.doi}`] : []),
    ].join('; '),
  ],
];
