/** `cite.bib`, `cite.ris`, `cite.json`: a page and its paper, for programs that keep references. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { type FormatName, formats } from './formats';
import { citedPages } from './papers';
import { type CitedPage, pageRecord, paperRecord } from './records';

export const everyPaper = (async () =>
  (await citedPages()).map((page) => ({ params: { slug: page.slug }, props: { page } }))) satisfies GetStaticPaths;

export const download =
  (format: FormatName): APIRoute<{ page: CitedPage }> =>
  ({ props: { page } }) =>
    new Response(formats[format]([pageRecord(page), paperRecord(page.slug)]));
