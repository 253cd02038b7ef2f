import { expect, test } from 'vitest';
import type { AnyExperiment, Context } from '#lab/experiment';
import { fingerprint } from '#lab/fingerprint';
import { loadPublic } from '#lab/node';
import type { AnyValues, Schema } from '#lab/params';
import { randomFrom } from '#lab/random';
import { Run } from '#lab/run';
import { everyExperiment, quick } from './every';

/** For experiments whose steps are replayed; where they are not, a few show as much. */
const STEPS = 100;
const FEW = 5;

/** The frame after `steps` steps taken as the mechanism writes them: nothing of the runtime is in this. */
async function byHand(experiment: AnyExperiment, params: AnyValues, steps: number): Promise<string> {
  const mechanism = await experiment.mechanism();
  const at = (step: number): Context<Schema> => ({
    params: params as never,
    random: randomFrom(typeof params.seed === 'number' ? params.seed : 1),
    step,
    seconds: 0,
    load: loadPublic,
  });
  const state = await mechanism.setup(at(0));
  await mechanism.measure?.(state, at(0));
  for (let step = 1; step <= steps; step++) {
    mechanism.step?.(state, at(step - 1));
    if (step % (experiment.measureEvery ?? 1) === 0) await mechanism.measure?.(state, at(step));
  }
  return fingerprint(await mechanism.frame(state, at(steps)));
}

/** What papers share with equal defaults, too, is one and the same run. */
const runs = new Map(
  everyExperiment.map((entry) => [entry.experiment.title + JSON.stringify(quick(entry.experiment)), entry]),
);
const stepping = [...runs.values()].filter(({ experiment }) => experiment.steps(quick(experiment) as never) > 0);
const replayed: string[] = [];

test.each(stepping)(
  `$id after ${STEPS} steps, replayed where that is possible, has the bits of steps taken one by one`,
  async ({ id, experiment }) => {
    const params = quick(experiment);
    const run = await Run.start(experiment, params, loadPublic);
    await run.advance(FEW);
    if (run.refusal === null) {
      replayed.push(id);
      await run.advance(STEPS - FEW);
    }
    expect(fingerprint(await run.frame())).toBe(await byHand(experiment, params, run.step));
    run.dispose();
  },
);

test('steps of a plain training loop are replayed', () => {
  expect(replayed).toEqual(
    expect.arrayContaining(['fresh/encodings', 'fresh/spectral-bias', 'lipsdp/circle', 'lipsdp/training']),
  );
});
