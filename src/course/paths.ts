/** Reading paths, as `content/paths.json` holds them, and what is wrong with one. */
import { z } from 'astro/zod';

export const pathSchema = z.strictObject({
  id: z.string(),
  title: z.string().min(1),
  about: z.string().min(1),
  pages: z.array(z.string()).min(4).max(6),
});
export type ReadingPath = z.infer<typeof pathSchema>;

/** What a path may name, and what each page needs before it. A planned paper needs nothing yet. */
export type Needs = ReadonlyMap<string, readonly string[]>;

/** One line per fault: a page that nobody knows, one that comes twice, one that comes before what it needs. */
export function pathFaults({ id, pages }: ReadingPath, needs: Needs): string[] {
  return pages.flatMap((page, i) => {
    const required = needs.get(page);
    if (!required) return [`${id}: "${page}" is neither a guide nor a paper of the bibliography.`];
    const twice = pages.indexOf(page) < i ? [`${id}: ${page} comes twice.`] : [];
    const late = required.filter((other) => !pages.slice(0, i).includes(other));
    return [...twice, ...late.map((other) => `${id}: ${page} needs ${other}, which does not come before it.`)];
  });
}
