/** Every page and every work that the site cites, as BibTeX. */
import type { APIRoute } from 'astro';
import { cslEntries } from '#lab/bibliography';
import { formats } from '#site/formats';
import { citedPages } from '#site/papers';
import { pageRecord } from '#site/records';

export const GET: APIRoute = async () =>
  new Response(formats.BibTeX([...(await citedPages()).map(pageRecord), ...cslEntries]));
