/** The recorded results of a paper as a file, for widgets that lay the reader's run over the recorded one. */
import type { APIRoute } from 'astro';
import { slugs } from '#lab/registry';
import { resultsOf } from '#lab/results';

export const getStaticPaths = () => slugs().map((slug) => ({ params: { slug } }));

export const GET: APIRoute = async ({ params }) => Response.json(await resultsOf(params.slug as string));
