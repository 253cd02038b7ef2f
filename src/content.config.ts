/** What stands in front of a page. One paper = one folder = one slug; the paper itself is in the bibliography. */
import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { pathSchema } from './course/paths';

const page = {
  /** The page's own title, not the paper's. */
  title: z.string().min(1),
  /** One or two sentences for lists, search results and link previews. */
  description: z.string().min(40).max(300),
};

const papers = defineCollection({
  loader: glob({ base: './content/papers', pattern: '*/index.mdx' }),
  schema: z.object({
    ...page,
    minutes: z.number().int().positive(),
    /** What the reader should know, in a few words each. */
    prerequisites: z.array(z.string()),
    /** Papers of this site that should be read before, by slug. */
    requires: z.array(z.string()).default([]),
    /** What changed when, newest first. */
    changes: z.array(z.object({ date: z.coerce.date(), what: z.string() })).min(1),
  }),
});

const guides = defineCollection({
  loader: glob({ base: './content/guides', pattern: '*.mdx' }),
  schema: z.object({ ...page, order: z.number().int() }),
});

/** Reading paths: four to six pages in order, as `guides/<slug>` or the slug of a paper, written or planned. */
const paths = defineCollection({
  loader: file('content/paths.json'),
  schema: pathSchema,
});

export const collections = { papers, guides, paths };
