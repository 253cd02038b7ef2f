/** What oEmbed says of a paper's page: its first widget stands for it. */
import { getCollection } from 'astro:content';
import type { APIRoute, GetStaticPaths } from 'astro';
import { oembedFor } from '#components/embed/oembed.ts';
import { experimentsOf } from '#lab/registry';
import { base } from '#site/base';

export const getStaticPaths = (async () =>
  (await getCollection('papers')).map(({ id, data }) => ({
    params: { slug: id },
    props: { title: data.title },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ title: string }> = async ({ params: { slug }, props: { title }, site }) => {
  const [first] = await experimentsOf(slug as string);
  if (!first) throw new Error(`${slug} has no experiment to embed.`);
  return oembedFor(first, title, new URL(base, site).href);
};
