import { expect, test } from 'vitest';
import { loadPublic } from '#lab/node';
import { startAny } from '#lab/run';
import * as tf from '#lab/tf';
import { distinctExperiments, quick } from './every';

/**
 * By the 100th frame all that a run keeps is there (the slots of Adam, for one, and those of a second network that is trained after the
 * first); from there on nothing may be added.
 */
const SETTLED = 100;
const LONG = 1000;

test.each(distinctExperiments)(
  `$id holds as many tensors at frame ${LONG} as at frame ${SETTLED}, and none when it is disposed of`,
  async ({ id, experiment }) => {
    const count = () => [tf.memory().numTensors, tf.backend().numDataIds()];
    const before = count();
    const started = performance.now();
    const run = await startAny(experiment, quick(experiment), loadPublic);
    let settled: number[] = [];
    for (let shown = 1; shown <= LONG; shown++) {
      await run.advance();
      await run.frame();
      if (shown === SETTLED) settled = count();
      if (shown % 250 === 0) console.log(`${id}: frame ${shown}, ${Math.round(performance.now() - started)} ms`);
    }
    // Calculators take no steps; their frame is asked for as often.
    expect(run.step).toBe(run.end === 0 ? 0 : LONG);
    expect(count()).toEqual(settled);
    run.dispose();
    expect(count()).toEqual(before);
  },
);
