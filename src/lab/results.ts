/** The recorded results of every paper, read at build time from `content/papers/<slug>/results.json`. */
import { anchorOf, slugOf } from './experiment';
import type { RecordedRun, Results } from './record';

const files = import.meta.glob<Results>('/content/papers/*/results.json', { import: 'default' });

/** Throws where a paper has not been recorded yet, and says how to do it. */
export async function resultsOf(slug: string): Promise<Results> {
  const load = files[`/content/papers/${slug}/results.json`];
  if (!load) throw new Error(`${slug} has no results.json. Make it with: npm run record -- ${slug}`);
  return load();
}

export async function recordedRun(id: string): Promise<RecordedRun> {
  const run = (await resultsOf(slugOf(id))).experiments[anchorOf(id)];
  if (!run) throw new Error(`${id} is not in results.json. Record it with: npm run record -- ${slugOf(id)}`);
  return run;
}
