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

const modules = () => Promise.all([import('./chart-host'), import('#lab/registry'), import('#lab/pool')]);

const results = new Map<string, Promise<Results | null>>();

/** The recorded runs of a paper, asked for once. */
function resultsOf(slug: string): Promise<Results | null> {
  const known = results.get(slug);
  if (known) return known;
  const address = `${site()}papers/${slug}/results.json`;
  const asked = fetch(address, { priority: 'low' }).then((r) => (r.ok ? (r.json() as Promise<Results>) : null));
  results.set(slug, asked);
  asked.catch(() => results.delete(slug));
  return asked;
}

/** What tells that somebody is there. */
const SIGNS = ['scroll', 'pointermove', 'pointerdown', 'keydown'];

/**
 * Brings all of it for a widget that came near, in idle time once the reader moves: nobody waits for it, so it gives way to all
 * else. A failure is told of when it is needed.
 */
export function warmEngine(id: string): void {
  // Readers who count their bytes get it when they ask for it.
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
  // Safari has no idle callbacks.
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
  const warm = async () => {
    try {
      const [, { findExperiment }, { warmPool }] = await modules();
      await Promise.all([findExperiment(id), resultsOf(slugOf(id)), warmPool()]);
    } catch {}
  };
  const first = new AbortController();
  const moved = () => {
    first.abort();
    whenIdle(warm);
  };
  for (const sign of SIGNS) addEventListener(sign, moved, { signal: first.signal, passive: true });
}

/** An experiment's description and its recorded run. */
export async function loadRecorded(id: string): Promise<Pick<Engine, 'experiment' | 'recorded'>> {
  const { findExperiment } = await import('#lab/registry');
  const [experiment, results] = await Promise.all([findExperiment(id), resultsOf(slugOf(id))]);
  return { experiment, recorded: results?.experiments[anchorOf(id)] ?? null };
}

/** Loads all of it for the experiment `id`, whose charts stand in `section`. */
export async function loadEngine(id: string, section: HTMLElement): Promise<Engine> {
  const [[{ ChartHost }, , { openSession }], known] = await Promise.all([modules(), loadRecorded(id)]);
  return { ...known, host: new ChartHost(section, known.experiment), openSession };
}
