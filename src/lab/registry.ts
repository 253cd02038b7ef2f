/** Every experiment of the site, found by its place: `content/papers/<slug>/experiments.ts`. */
import { type AnyExperiment, slugOf } from './experiment';

type Module = Record<string, AnyExperiment>;

const modules = import.meta.glob<Module>('/content/papers/*/experiments.ts');

const slugOfPath = (path: string) => path.split('/').at(-2) as string;

/** The slugs of the papers that have experiments, in alphabetical order. */
export const slugs = (): string[] => Object.keys(modules).map(slugOfPath).sort();

/** The experiments of one paper, by the names that `experiments.ts` exports them under, in alphabetical order. */
export async function experimentsOf(slug: string): Promise<AnyExperiment[]> {
  const load = modules[`/content/papers/${slug}/experiments.ts`];
  if (!load) throw new RangeError(`There is no paper "${slug}" with experiments. There are: ${slugs().join(', ')}.`);
  // Modules list their exports like this; what stands in for them in tests does not.
  return Object.entries(await load())
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, experiment]) => experiment);
}

/** Every experiment of the site. */
export async function allExperiments(): Promise<AnyExperiment[]> {
  return (await Promise.all(slugs().map(experimentsOf))).flat();
}

/** One experiment by its id, e.g. `fresh/spectral-bias`. */
export async function findExperiment(id: string): Promise<AnyExperiment> {
  const known = slugs().includes(slugOf(id)) ? await experimentsOf(slugOf(id)) : await allExperiments();
  const found = known.find((experiment) => experiment.id === id);
  if (!found) throw new RangeError(`There is no experiment "${id}". There are: ${known.map((e) => e.id).join(', ')}.`);
  return found;
}
