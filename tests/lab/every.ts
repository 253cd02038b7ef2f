import type { AnyExperiment } from '#lab/experiment';
import { loadPublic } from '#lab/node';
import type { AnyValue, AnyValues, Param, Schema } from '#lab/params';
import { allExperiments } from '#lab/registry';
import { type AnyRun, startAny } from '#lab/run';
import { completeValues } from '#lab/values';

/** What the tests of every experiment share: each of the registry with its id, for `describe.each`. */
export const everyExperiment = (await allExperiments()).map((experiment) => ({ id: experiment.id, experiment }));

/**
 * One of those that share a mechanism: what papers have in common differs from page to page in its defaults alone. For tests that
 * would take long for all.
 */
export const distinctExperiments = [
  ...new Map(everyExperiment.map((entry) => [entry.experiment.mechanism, entry] as const).reverse()).values(),
].reverse();

export const schemaOf = (experiment: AnyExperiment): Schema => experiment.params;

/** The small parameters of an experiment, with whatever else is `given`. */
export const quick = (experiment: AnyExperiment, given: AnyValues = {}): AnyValues =>
  completeValues(schemaOf(experiment), { ...(experiment.quick as AnyValues), ...given });

/** Enough steps that a history has an entry behind the first. */
export const aFewSteps = ({ measureEvery = 1 }: AnyExperiment): number => Math.ceil(5 / measureEvery) * measureEvery;

export async function withRun<T>(
  experiment: AnyExperiment,
  given: AnyValues,
  work: (run: AnyRun) => Promise<T>,
): Promise<T> {
  const run = await startAny(experiment, quick(experiment, given), loadPublic);
  try {
    return await work(run);
  } finally {
    run.dispose();
  }
}

/** The frames at step 0 and after a few steps. */
export const framesOf = (experiment: AnyExperiment, given: AnyValues = {}): Promise<[unknown, unknown]> =>
  withRun(experiment, given, async (run) => {
    const first = await run.frame();
    await run.advance(aFewSteps(experiment));
    return [first, await run.frame()];
  });

/** Another value that `param` accepts; undefined where none can be made up. */
export function another(param: Param, value: AnyValue): AnyValue | undefined {
  switch (param.kind) {
    case 'integer':
    case 'seed':
      return value === param.max ? param.min : (value as number) + 1;
    case 'real':
      return value === param.max ? param.min : ((value as number) + param.max) / 2;
    case 'choice':
      return param.options.find((option) => option !== value);
    case 'toggle':
      return !value;
    case 'series': {
      const series = value as readonly number[];
      if (series.length === 0) return [param.min, param.max];
      return series.with(0, series[0] === param.max ? (param.min + param.max) / 2 : param.max);
    }
    case 'text':
      return value === 'a' ? '' : 'a';
    case 'image':
      return {
        name: 'stripes.png',
        side: param.side,
        grey: Array.from({ length: param.side ** 2 }, (_, i) => (i >> 2) % 2),
      };
    case 'json':
      return value === null ? undefined : null;
  }
}
