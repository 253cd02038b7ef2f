import { describe, expect, test } from 'vitest';
import type { Claim, Summary } from '#lab/experiment';
import { fingerprint } from '#lab/fingerprint';
import { loadPublic } from '#lab/node';
import type { AnyValues, Schema } from '#lab/params';
import { defaults } from '#lab/params';
import { experimentsOf, findExperiment, slugs } from '#lab/registry';
import { startAny } from '#lab/run';
import { checkValue, completeValues } from '#lab/values';
import { aFewSteps, another, distinctExperiments, everyExperiment, framesOf, quick, schemaOf, withRun } from './every';

/** The flags of the command line and the entries of a link that are no parameters. */
const RESERVED = ['steps', 'step', 'backend', 'json', 'frame'];

test('no two experiments of the site share an id', () => {
  const ids = everyExperiment.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(slugs())('the ids of %s start with the folder, and a name that an anchor can be', async (slug) => {
  for (const { id } of await experimentsOf(slug)) expect(id).toMatch(new RegExp(`^${slug}/[a-z][a-z0-9-]*$`));
});

describe.each(distinctExperiments)('$id', ({ id, experiment }) => {
  const schema = schemaOf(experiment);
  const names = Object.keys(schema);
  const hasSeed = names.includes('seed');

  test('is found by its id', async () => {
    expect(await findExperiment(id)).toBe(experiment);
  });

  test('has a title, a hint for the reader, and whole steps, of which only calculators take none', async () => {
    expect(experiment.title).toMatch(/\S/);
    expect(experiment.hint).toMatch(/\S/);
    const steps = experiment.steps(defaults(schema));
    expect(Number.isInteger(steps) && steps >= 0).toBe(true);
    const { step } = await experiment.mechanism();
    expect(steps > 0).toBe(step !== undefined);
  });

  test('names its parameters like no flag of the command line', () => {
    expect(names.filter((name) => RESERVED.includes(name))).toEqual([]);
    for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });

  test('accepts its own defaults and its own quick values', () => {
    for (const [name, param] of Object.entries(schema))
      expect(checkValue(name, param, param.default)).toBe(param.default);
    expect(() => quick(experiment)).not.toThrow();
  });

  test('costs something at the defaults', () => {
    expect(experiment.cost?.(defaults(schema)) ?? 1).toBeGreaterThan(0);
  });

  test('shows the same for the same seed, and something else for another', async () => {
    const [[first, last], again] = [await framesOf(experiment), await framesOf(experiment)];
    expect(again.map(fingerprint)).toEqual([first, last].map(fingerprint));
    if (!hasSeed) return;
    const other = await framesOf(experiment, { seed: 77 });
    expect(fingerprint(other[1])).not.toBe(fingerprint(last));
  });

  test('moves: a few steps change the frame, looking at it does not', async () => {
    await withRun(experiment, {}, async (run) => {
      const before = fingerprint(await run.frame());
      expect(fingerprint(await run.frame())).toBe(before);
      await run.advance(aFewSteps(experiment));
      const after = fingerprint(await run.frame());
      expect(fingerprint(await run.frame())).toBe(after);
      expect(after === before).toBe(run.end === 0);
    });
  });

  test('a frame once shown is not changed by the steps that follow', async () => {
    await withRun(experiment, {}, async (run) => {
      const frame = await run.frame();
      const before = fingerprint(frame);
      await run.advance(aFewSteps(experiment));
      await run.frame();
      expect(fingerprint(frame)).toBe(before);
    });
  });

  test('sums up in numbers, or null for what did not happen', async () => {
    for (const frame of await framesOf(experiment)) {
      const figures = Object.entries(experiment.summary(frame) as Record<string, unknown>);
      expect(figures.length).toBeGreaterThan(0);
      for (const [name, value] of figures) {
        expect(value === null || Number.isFinite(value), `${name} is ${value}`).toBe(true);
      }
    }
  });

  test.each(names)('%s restarts the run unless it is live', async (name) => {
    const param = schema[name] as (typeof schema)[string];
    const given = quick(experiment);
    const value = another(param, given[name] ?? null);
    if (value === undefined) return;
    await withRun(experiment, {}, async (run) => {
      await run.advance(1);
      const { step } = run;
      expect(await run.update({ ...given, [name]: value } as never)).toBe(param.live === true);
      expect(run.step).toBe(step);
      // The run goes on either way.
      await run.advance(1);
      expect(() => JSON.stringify(run.params)).not.toThrow();
      expect(fingerprint(await run.frame())).toMatch(/^[0-9a-f]{8}$/);
    });
  });

  const actions = Object.entries(experiment.act ?? {}) as [
    string,
    (params: AnyValues, gesture: { index: number; value: number }) => AnyValues,
  ][];
  test('dragging any entry of a series, however far, gives values that are accepted', () => {
    for (const [name, act] of actions) {
      const param = schema[name];
      if (param?.kind !== 'series') throw new Error(`${name} is no series of ${id}.`);
      const start = defaults(schema) as AnyValues;
      const count = Math.max(1, (start[name] as readonly number[]).length);
      for (let index = 0; index < count; index++) {
        for (const value of [param.min, (param.min + param.max) / 2, param.max]) {
          const changed = act(start, { index, value });
          expect(() => completeValues(schema, { ...start, ...changed })).not.toThrow();
          expect(Object.keys(changed).filter((key) => !names.includes(key))).toEqual([]);
        }
      }
    }
  });
});

describe.each(slugs())('the claims of %s', async (slug) => {
  const experiments = await experimentsOf(slug);
  const claims = experiments.flatMap((experiment) =>
    (experiment.claims as Claim<Schema, unknown, Summary>[]).map((claim) => ({ ...claim, experiment })),
  );

  test('have ids of their own', () => {
    const ids = claims.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('say what is claimed, where it stands, what is measured and what is left untested', () => {
    for (const claim of claims) {
      for (const part of ['id', 'statement', 'source', 'quantity', 'untested'] as const) {
        expect(claim[part], `${part} of ${claim.id}`).toMatch(/\S/);
      }
      expect(claim.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(Number.isFinite(claim.criterion.threshold)).toBe(true);
    }
  });

  test('are measured with three seeds, or with one where nothing is random', () => {
    for (const { id, seeds, experiment } of claims) {
      expect(new Set(seeds).size, `seeds of ${id}`).toBe(seeds.length);
      expect(seeds.length, `seeds of ${id}`).toBeGreaterThanOrEqual('seed' in experiment.params ? 3 : 1);
    }
  });
});

test('an experiment that refuses its parameters leaves a message that says what to do', async () => {
  const { experiment } = everyExperiment.find((e) => 'seed' in e.experiment.params) as (typeof everyExperiment)[number];
  await expect(startAny(experiment, { ...quick(experiment), seed: 0 }, loadPublic)).rejects.toThrow(
    'A seed is a whole number from 1, not 0.',
  );
});
