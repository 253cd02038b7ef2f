/** Who wrote this site, as CITATION.cff names them. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface CffAuthor {
  /** Of a group; people have the other two. */
  name?: string;
  'given-names'?: string;
  'family-names'?: string;
}

/** A group has a `literal`, a person the other two. */
export interface Author {
  literal?: string;
  given?: string;
  family?: string;
}

const { authors: named } = parse(readFileSync('CITATION.cff', 'utf8')) as { authors: CffAuthor[] };

export const authors: Author[] = named.map((author) =>
  author.name ? { literal: author.name } : { given: author['given-names'], family: author['family-names'] },
);

/** As it is written out. */
export const fullName = ({ literal, given, family }: Author): string =>
  literal ?? [given, family].filter(Boolean).join(' ');
