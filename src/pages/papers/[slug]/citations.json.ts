/** What the dialog 'Cite' of a page shows. */
import type { APIRoute } from 'astro';
import { experimentsOf } from '#lab/registry';
import { citationsOf } from '#site/citations';
import { everyPaper } from '#site/downloads';
import type { CitedPage } from '#site/records';

export const getStaticPaths = everyPaper;

export const GET: APIRoute<{ page: CitedPage }> = async ({ props: { page } }) =>
  Response.json(citationsOf(page, await experimentsOf(page.slug)));
