/** What oEmbed says of one widget. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { oembedFor } from '#components/embed/oembed.ts';
import { type AnyExperiment, anchorOf, slugOf } from '#lab/experiment';
import { allExperiments } from '#lab/registry';
import { base } from '#site/base';

export const getStaticPaths = (async () =>
  (await allExperiments()).map((experiment) => ({
    params: { slug: slugOf(experiment.id), name: anchorOf(experiment.id) },
    props: { experiment },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ experiment: AnyExperiment }> = ({ props: { experiment }, site }) =>
  oembedFor(experiment, experiment.title, new URL(base, site).href);
