import { afterEach, describe, expect, test } from 'vitest';
import { useBackend } from '#lab/backends';
import { fingerprint } from '#lab/fingerprint';
import { runTo } from '#lab/run';
import * as tf from '#lab/tf';
import { calculator, descent, load, values } from './descent';
import { Heard, listening, pause } from './listening';

/** A run of many turns. Who has to meet it in the middle gives it a pace: all of it takes less than a tenth of a second. */
const long = { ...descent, steps: () => 1500 };

afterEach(() => useBackend('wasm'));

describe('playing', () => {
  test('to the end tells running, then done, with frames in increasing order that end at the end', () =>
    listening(long, { seed: 5 }, async (heard) => {
      expect(heard.steps).toEqual([0]);
      expect(heard.statuses).toEqual(['idle']);
      heard.forget();
      await heard.session.play();
      expect(heard.statuses).toEqual(['running', 'done']);
      expect(heard.events[0]).toMatchObject({ type: 'status', status: 'running' });
      expect(heard.events.at(-1)).toMatchObject({ type: 'status', status: 'done' });
      expect(heard.steps.length).toBeGreaterThan(1);
      expect(heard.steps).toEqual(heard.steps.toSorted((a, b) => a - b));
      expect(heard.last).toMatchObject({ step: 1500, end: 1500, backend: 'wasm' });
      expect(heard.notices).toEqual([]);
    }));

  test('ends with the frame that the command line and the claims get', () =>
    listening(descent, { seed: 5 }, async (heard) => {
      await heard.session.play();
      const { frame, summary } = await runTo(descent, values({ seed: 5 }), 20, load);
      expect(heard.last.fingerprint).toBe(fingerprint(frame));
      expect(heard.last.summary).toEqual(summary);
    }));

  test('again goes on for another full length', () =>
    listening(descent, {}, async (heard) => {
      await heard.session.play();
      await heard.session.play();
      expect(heard.last.step).toBe(40);
    }));

  test('to a step stops there', () =>
    listening(descent, {}, async (heard) => {
      await heard.session.playTo(7);
      expect(heard.last.step).toBe(7);
      expect(heard.statuses.at(-1)).toBe('idle');
    }));

  test('waits with the next frame until the listener has taken in the last', async () => {
    let [inFlight, most] = [0, 0];
    const slowly = async (event: { type: string }) => {
      if (event.type !== 'frame') return;
      most = Math.max(most, ++inFlight);
      await pause(30);
      inFlight--;
    };
    const work = async (heard: Heard) => {
      const began = performance.now();
      await heard.session.playTo(1500);
      expect(heard.last.step).toBe(1500);
      // The steps went on meanwhile: fewer frames than there was time for. A timer may be a millisecond early.
      expect(heard.frames.length).toBeLessThanOrEqual(3 + (performance.now() - began) / 28);
    };
    await listening(long, {}, work, { slowly });
    expect(most).toBe(1);
  });

  test('at a pace takes no more steps a second than that', () =>
    listening(long, {}, async (heard) => {
      heard.session.setPace(20);
      const began = performance.now();
      await heard.session.playTo(10);
      expect(performance.now() - began).toBeGreaterThanOrEqual(9 * 50);
    }));

  test('a link with a step opens there', async () => {
    const heard = new Heard(descent);
    await heard.session.open();
    await heard.session.playTo(12);
    expect(heard.last.step).toBe(12);
    await heard.session.close();
  });

  test('a calculator neither plays nor hangs, whatever step its link names', async () => {
    const heard = new Heard(calculator);
    await heard.session.open();
    await heard.session.playTo(400);
    await heard.session.play();
    await heard.session.stepBy(1);
    expect(heard.last).toMatchObject({ step: 0, end: 0 });
    expect(heard.statuses.at(-1)).toBe('idle');
    expect(heard.notices).toEqual([]);
    await heard.session.close();
  });
});

describe('pausing, stepping, starting over', () => {
  test('a pause stops, and resuming goes on to where it was going', () =>
    listening(long, {}, async (heard) => {
      heard.session.setPace(100);
      const playing = heard.session.play();
      await heard.until(1);
      heard.session.pause();
      await playing;
      const { step } = heard.last;
      expect(step).toBeLessThan(1500);
      expect(heard.statuses.at(-1)).toBe('idle');
      heard.forget();
      await pause(50);
      expect(heard.events).toEqual([]);
      heard.session.setPace(Number.POSITIVE_INFINITY);
      await heard.session.resume();
      expect(heard.last.step).toBe(1500);
    }));

  test('one step is one step', () =>
    listening(descent, {}, async (heard) => {
      await heard.session.stepBy(1);
      expect(heard.steps).toEqual([0, ...heard.steps.slice(1).map(() => 1)]);
      await heard.session.stepBy(3);
      expect(heard.last.step).toBe(4);
    }));

  test('a reset shows the first frame again, to the last bit', () =>
    listening(descent, { seed: 9 }, async (heard) => {
      const first = heard.last.fingerprint;
      await heard.session.playTo(15);
      expect(heard.last.fingerprint).not.toBe(first);
      await heard.session.reset();
      expect(heard.last).toMatchObject({ step: 0, fingerprint: first });
    }));

  test('closing frees everything', async () => {
    const before = tf.memory().numTensors;
    await listening(descent, { method: 'adam' }, (heard) => heard.session.playTo(5));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('weights come as they are now', () =>
    listening(descent, {}, async (heard) => {
      await heard.session.playTo(5);
      const { w } = heard.last.frame as { w: number };
      expect(await heard.session.weights()).toEqual({ w: { shape: [1], values: [w] } });
    }));
});

describe('new parameters', () => {
  test('that are live keep the step', () =>
    listening(descent, {}, async (heard) => {
      await heard.session.playTo(6);
      const { w } = heard.last.frame as { w: number };
      await heard.session.setParams(heard.values({ rate: 0.4 }));
      expect(heard.last.step).toBe(6);
      await heard.session.stepBy(1);
      // 1 - 0.4 * 1.5 = 0.4 a step; see `descent.ts`.
      expect((heard.last.frame as { w: number }).w - 2).toBeCloseTo(0.4 * (w - 2), 6);
    }));

  test('that are not live start again at step 0', () =>
    listening(descent, {}, async (heard) => {
      await heard.session.playTo(6);
      await heard.session.setParams(heard.values({ seed: 8 }));
      expect(heard.last.step).toBe(0);
      const { frame } = await runTo(descent, values({ seed: 8 }), 0, load);
      expect(heard.last.fingerprint).toBe(fingerprint(frame));
    }));

  test('are told with each frame that was computed with them, and not with those before', () =>
    listening(descent, {}, async (heard) => {
      await heard.session.playTo(2);
      const before = heard.frames.length;
      await heard.session.setParams(heard.values({ seed: 8 }));
      await heard.session.setParams(heard.values({ seed: 8, rate: 0.4 }));
      const told = heard.frames.map(({ params: { seed, rate } }) => [seed, rate]);
      const { seed, rate } = heard.values({});
      expect(told.slice(0, before)).toEqual(told.slice(0, before).map(() => [seed, rate]));
      expect(told.slice(before)).toEqual([
        [8, rate],
        [8, 0.4],
      ]);
    }));

  test('that are the same change nothing and tell nothing', () =>
    listening(descent, {}, async (heard) => {
      await heard.session.playTo(6);
      heard.forget();
      await heard.session.setParams(heard.values({}));
      expect(heard.events).toEqual([]);
    }));

  test('a run that plays restarts and goes on playing', () =>
    listening(long, {}, async (heard) => {
      heard.session.setPace(100);
      void heard.session.play();
      await heard.until(1);
      await heard.session.setParams(heard.values({ seed: 8 }));
      heard.forget();
      heard.session.setPace(Number.POSITIVE_INFINITY);
      await heard.until(1500);
      const { frame } = await runTo(long, values({ seed: 8 }), 1500, load);
      expect(heard.last.fingerprint).toBe(fingerprint(frame));
    }));
});
