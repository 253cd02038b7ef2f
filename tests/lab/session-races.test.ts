import { afterEach, describe, expect, test } from 'vitest';
import type { BackendName } from '#lab/backend-names';
import { useBackend } from '#lab/backends';
import { fingerprint } from '#lab/fingerprint';
import { loadPublic } from '#lab/node';
import { findExperiment } from '#lab/registry';
import { runTo } from '#lab/run';
import * as tf from '#lab/tf';
import { descent, load, values } from './descent';
import { quick } from './every';
import { Heard, listening, pause } from './listening';

/** More steps than are taken before the next thing happens. */
const LONG = 5000;
/** What readers do faster than the session answers: buttons and sliders in the middle of a run. */
const long = { ...descent, steps: () => LONG };

afterEach(() => useBackend('wasm'));

const expected = async (given: object, steps: number) =>
  fingerprint((await runTo(long, values(given), steps, load)).frame);

describe('in the middle of a run', () => {
  /** How long the page takes to draw a frame, and how long the run goes on before the reader acts. */
  const moments = [0, 15].flatMap((drawing) => [0, 1, 5, 25].map((wait) => ({ drawing, wait })));
  const drawingFor = (drawing: number) => ({ slowly: () => (drawing > 0 ? pause(drawing) : undefined) });

  test.each(moments)(
    'after $wait ms, drawn in $drawing ms, closing frees everything and tells no more',
    async (moment) => {
      const before = tf.memory().numTensors;
      const heard = new Heard(long, {}, drawingFor(moment.drawing));
      await heard.session.open();
      const playing = heard.session.play();
      await pause(moment.wait);
      await heard.session.close();
      expect(tf.memory().numTensors).toBe(before);
      heard.forget();
      await playing;
      await pause(20);
      expect(heard.events).toEqual([]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.each(moments)(
    'after $wait ms, drawn in $drawing ms, a reset shows the start and stays there',
    async (moment) => {
      const work = async (heard: Heard) => {
        const first = heard.last.fingerprint;
        const playing = heard.session.play();
        await pause(moment.wait);
        await heard.session.reset();
        await playing;
        await pause(20);
        expect(heard.notices).toEqual([]);
        expect(heard.last).toMatchObject({ step: 0, fingerprint: first, backend: 'wasm' });
        expect(heard.statuses.at(-1)).toBe('idle');
      };
      await listening(long, {}, work, drawingFor(moment.drawing));
    },
  );

  test('one more step is one more step', () =>
    listening(long, {}, async (heard) => {
      heard.session.setPace(50);
      const playing = heard.session.play();
      await heard.until(3);
      // No step is under way between two of them, 20 ms apart.
      const { step } = heard.last;
      await heard.session.stepBy(1);
      await playing;
      await pause(60);
      expect(heard.last.step).toBe(step + 1);
      expect(heard.statuses.at(-1)).toBe('idle');
    }));

  test('a pause that is taken back at once leaves one run, at its pace', () =>
    listening(long, {}, async (heard) => {
      heard.session.setPace(20);
      void heard.session.play();
      await heard.until(1);
      heard.session.pause();
      void heard.session.play();
      const { step } = heard.last;
      await pause(1000);
      heard.session.pause();
      await pause(100);
      // 20 steps a second; a second loop would take twice as many.
      expect(heard.last.step - step).toBeLessThanOrEqual(24);
      expect(heard.last.step - step).toBeGreaterThanOrEqual(3);
    }));

  test('a restart by a parameter leaves one run, at its pace', () =>
    listening(long, {}, async (heard) => {
      heard.session.setPace(20);
      void heard.session.play();
      await heard.until(2);
      await heard.session.setParams(heard.values({ goal: 3 }));
      await pause(1000);
      heard.session.pause();
      await pause(100);
      expect(heard.last.step).toBeLessThanOrEqual(24);
      expect(heard.last.step).toBeGreaterThanOrEqual(3);
    }));
});

describe('a slider', () => {
  test('moved there and back ends where it was left', () =>
    listening(long, {}, async (heard) => {
      const moved = [heard.session.setParams(heard.values({ goal: 3 })), heard.session.setParams(heard.values({}))];
      await Promise.all(moved);
      expect(heard.last.fingerprint).toBe(await expected({}, 0));
    }));

  test('moved through many values ends at the last', () =>
    listening(long, {}, async (heard) => {
      await Promise.all([3, 4, 5, 6, 7].map((goal) => heard.session.setParams(heard.values({ goal }))));
      expect(heard.last.fingerprint).toBe(await expected({ goal: 7 }, 0));
      expect(heard.notices).toEqual([]);
    }));

  test('moved while the run plays ends with a run of the last value that plays to its end', () =>
    listening(long, {}, async (heard) => {
      heard.session.setPace(100);
      const playing = heard.session.play();
      await heard.until(1);
      heard.session.setPace(Number.POSITIVE_INFINITY);
      await Promise.all([3, 4, 5].map((goal) => heard.session.setParams(heard.values({ goal }))));
      await playing;
      expect(heard.last.step).toBe(LONG);
      expect(heard.last.fingerprint).toBe(await expected({ goal: 5 }, LONG));
      expect(heard.notices).toEqual([]);
    }));

  test('of a live parameter, moved while the run plays, restarts nothing', () =>
    listening(long, {}, async (heard) => {
      const playing = heard.session.play();
      await heard.until(1);
      await Promise.all([0.2, 0.3, 0.15].map((rate) => heard.session.setParams(heard.values({ rate }))));
      await playing;
      expect(heard.steps).toEqual(heard.steps.toSorted((a, b) => a - b));
      expect(heard.last.step).toBe(LONG);
    }));
});

describe('two sessions at once', () => {
  const alone = async (id: string, steps: number, backend: BackendName) => {
    await useBackend(backend);
    const experiment = await findExperiment(id);
    return fingerprint((await runTo(experiment, quick(experiment), steps, loadPublic)).frame);
  };

  test.each<[BackendName, BackendName]>([
    ['wasm', 'wasm'],
    ['wasm', 'cpu'],
  ])('on %s and %s take turns, and each ends as it does alone', async (first, second) => {
    const [a, b] = [await findExperiment('fresh/spectral-bias'), await findExperiment('fresh/encodings')];
    await listening(
      a,
      quick(a),
      (one) =>
        listening(
          b,
          quick(b),
          async (two) => {
            await Promise.all([one.session.playTo(100), two.session.playTo(20)]);
            expect([one.last, two.last]).toMatchObject([
              { step: 100, backend: first, fingerprint: await alone(a.id, 100, first) },
              { step: 20, backend: second, fingerprint: await alone(b.id, 20, second) },
            ]);
            // Neither waited for the other to end.
            expect(Math.min(one.frames.length, two.frames.length)).toBeGreaterThan(2);
          },
          { wish: second },
        ),
      { wish: first },
    );
  });
});
