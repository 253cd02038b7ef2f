/** The graph of the course: what to know, which papers need it, and the theme that each paper belongs to. */

export interface CoursePaper {
  slug: string;
  /** Short enough for a box. */
  name: string;
  theme: string;
  /** The explainer is written. */
  written: boolean;
  /** What the reader should know, in words. */
  prerequisites: readonly string[];
  /** Papers to read before, by slug. */
  requires: readonly string[];
}

export interface CourseNode {
  id: string;
  kind: 'topic' | 'paper' | 'theme';
  label: string;
  written: boolean;
}
/** From what comes before to what comes after, by id. */
export type CourseEdge = readonly [from: string, to: string];

export interface CourseGraph {
  nodes: CourseNode[];
  edges: CourseEdge[];
}

/** Nodes in reading order: topics, then papers by theme, then themes. Throws where papers need one another in a circle. */
export function courseGraph(papers: readonly CoursePaper[]): CourseGraph {
  const known = new Map(papers.map((paper) => [paper.slug, paper]));
  for (const { slug, requires } of papers)
    for (const other of requires)
      if (!known.has(other)) throw new RangeError(`${slug} requires "${other}", which is no paper of this site.`);
  const visit = (slug: string, before: readonly string[]): void => {
    if (before.includes(slug)) throw new Error(`Papers require one another: ${[...before, slug].join(' → ')}.`);
    for (const other of known.get(slug)?.requires ?? []) visit(other, [...before, slug]);
  };
  for (const { slug } of papers) visit(slug, []);

  const node = (kind: CourseNode['kind'], id: string, label: string, written = true) => ({
    kind,
    id: `${kind}:${id}`,
    label,
    written,
  });
  const topics = [...new Set(papers.flatMap(({ prerequisites }) => prerequisites))];
  const themes = [...new Set(papers.map(({ theme }) => theme))];
  return {
    nodes: [
      ...topics.map((topic) => node('topic', topic, topic)),
      ...papers.map(({ slug, name, written }) => node('paper', slug, name, written)),
      ...themes.map((theme) => node('theme', theme, theme)),
    ],
    edges: papers.flatMap(({ slug, theme, prerequisites, requires }): CourseEdge[] => [
      ...prerequisites.map((topic) => [`topic:${topic}`, `paper:${slug}`] as const),
      ...requires.map((other) => [`paper:${other}`, `paper:${slug}`] as const),
      [`paper:${slug}`, `theme:${theme}`],
    ]),
  };
}
