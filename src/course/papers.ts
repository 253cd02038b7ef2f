/** The papers of the course: from the bibliography, with what the front of a written page says. */
import { papersByTheme } from '#lab/bibliography';
import type { CoursePaper } from './graph';

/** What the front of a page says of it. */
export interface Front {
  id: string;
  data: { prerequisites: string[]; requires: string[] };
}

/** "FreSh" of "FreSh: Frequency Shifting …"; a title without a colon as it is. */
const shortTitle = (title: string) => title.split(': ')[0] as string;

/** By theme, in the order of the home page. */
export function coursePapers(fronts: readonly Front[]): CoursePaper[] {
  return papersByTheme().flatMap(({ name: theme, papers }) =>
    papers.map(({ key, title }) => {
      const front = fronts.find(({ id }) => id === key);
      return {
        slug: key,
        name: shortTitle(title),
        theme,
        written: front !== undefined,
        prerequisites: front?.data.prerequisites ?? [],
        requires: front?.data.requires ?? [],
      };
    }),
  );
}
