/** The papers' pages, as citations and search engines are told of them. */
import { type CollectionEntry, getCollection } from 'astro:content';
import { base } from './base';
import type { CitedPage } from './records';

/** Astro sets it from `SITE_URL`. */
const home = new URL(base, import.meta.env.SITE);

/** The absolute address of a file or page of this site. */
export const addressOf = (path: string): string => new URL(path, home).href;

export const citedPage = ({ id, data }: CollectionEntry<'papers'>): CitedPage => ({
  slug: id,
  title: data.title,
  url: addressOf(`papers/${id}/`),
  changed: new Date(Math.max(...data.changes.map(({ date }) => date.getTime()))),
});

export const citedPages = async (): Promise<CitedPage[]> => (await getCollection('papers')).map(citedPage);
