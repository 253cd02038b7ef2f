import { describe, expect, test } from 'vitest';
import type { AnyExperiment } from '#lab/experiment';
import { fingerprint } from '#lab/fingerprint';
import { runTo, startAny } from '#lab/run';
import { finite, RunStopped } from '#lab/stopped';
import * as tf from '#lab/tf';
import { calculator, descent, frames, load, mechanism, start, values } from './descent';

describe('memory', () => {
  const count = () => [tf.memory().numTensors, tf.memory().numBytes];

  test.each(['sgd', 'adam'])('dispose() frees all that the state holds, the slots of %s among them', async (method) => {
    const before = count();
    const run = await start({ method });
    await run.advance(3);
    await run.frame();
    expect(tf.memory().numTensors).toBeGreaterThan(before[0] as number);
    run.dispose();
    expect(count()).toEqual(before);
  });

  test('steps and frames leave nothing behind', async () => {
    const run = await start({ method: 'adam' });
    await run.advance();
    const before = count();
    await run.advance(10);
    await run.frame();
    run.weights();
    expect(count()).toEqual(before);
    run.dispose();
  });

  test('a run that stops at step 0 leaves nothing behind', async () => {
    const before = count();
    const broken = {
      ...descent,
      mechanism: async () => ({ ...mechanism, measure: () => void finite('loss', Number.NaN) }),
    };
    await expect(start({}, broken)).rejects.toThrow('Stopped at step 0: loss is NaN.');
    expect(count()).toEqual(before);
  });
});

describe('runTo', () => {
  test('returns the frame and the summary of that step, telling of every step', async () => {
    const seen: number[] = [];
    const before = tf.memory().numTensors;
    const { frame, summary } = await runTo(descent, values({ seed: 5 }), 6, load, (step) => void seen.push(step));
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(fingerprint(frame)).toBe(fingerprint((await frames({ seed: 5 }, 6)).last));
    expect(summary).toEqual({ loss: frame.losses[6] });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('frees everything when the run stops', async () => {
    const before = tf.memory().numTensors;
    await expect(runTo(descent, values({ rate: 1e10 }), 9, load)).rejects.toThrow(RunStopped);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('at step 0 shows the start', async () => {
    const { frame } = await runTo(descent, values(), 0, load);
    expect(frame).toMatchObject({ step: 0, steps: [0] });
  });

  test('comes back from a calculator, which has no steps to take', async () => {
    let calls = 0;
    const impatient = () => {
      if (++calls > 10) throw new Error('Steps are asked for without end.');
    };
    const { frame } = await runTo(calculator, values(), 3, load, impatient);
    expect(frame.step).toBe(0);
  });
});

test('weights come as plain data, and as null where there are none', async () => {
  const run = await start();
  const { w } = await run.frame();
  expect(run.weights()).toEqual({ w: { shape: [1], values: [w] } });
  run.dispose();
  const none: AnyExperiment = calculator;
  expect((await startAny(none, values(), load)).weights()).toBeNull();
});
