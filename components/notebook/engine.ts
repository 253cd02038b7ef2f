/** What a widget loads only when somebody wants to use it: the experiment, its charts, the recorded run, the workers. */
import { type AnyExperiment, anchorOf, slugOf } from '#lab/experiment';
import type { RecordedRun, Results } from '#lab/record';
import type { ChartHost } from './chart-host';

const site = () => document.documentElement.dataset.base ?? '/';

export interface Engine {
  experiment: AnyExperiment;
  recorded: RecordedRun | null;
  host: ChartHost;
  openSession: typeof import('#lab/pool').openSession;
}

/** Loads all of it for the experiment `id`, whose charts stand in `section`. */
export async function loadEngine(id: string, section: HTMLElement): Promise<Engine> {
  const [{ ChartHost }, { findExperiment }, { openSession }, results] = await Promise.all([
    import('./chart-host'),
    import('#lab/registry'),
    import('#lab/pool'),
    fetch(`${site()}papers/${slugOf(id)}/results.json`).then((r) => (r.ok ? (r.json() as Promise<Results>) : null)),
  ]);
  const experiment = await findExperiment(id);
  const recorded = results?.experiments[anchorOf(id)] ?? null;
  return { experiment, recorded, host: new ChartHost(section, experiment), openSession };
}
