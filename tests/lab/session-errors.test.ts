import { afterEach, describe, expect, test } from 'vitest';
import { useBackend } from '#lab/backends';
import { type AnyExperiment, defineExperiment, defineMechanism } from '#lab/experiment';
import { fingerprint } from '#lab/fingerprint';
import { real, type Schema } from '#lab/params';
import { findExperiment } from '#lab/registry';
import { runTo } from '#lab/run';
import * as tf from '#lab/tf';
import { calculator, descent, load, mechanism, values } from './descent';
import { Heard, listening, pause } from './listening';

afterEach(() => useBackend('wasm'));

describe('a backend that is not there', () => {
  test('gives way to the next, with a notice', () =>
    listening(
      descent,
      {},
      async (heard) => {
        expect(heard.notices).toEqual([
          'WebGPU (graphics card) could not go on (This browser has no WebGPU.); restarted with WebAssembly (SIMD).',
        ]);
        await heard.session.play();
        expect(heard.last).toMatchObject({ step: 20, backend: 'wasm' });
        const { frame } = await runTo(descent, values(), 20, load);
        expect(heard.last.fingerprint).toBe(fingerprint(frame));
      },
      { wish: 'webgpu' },
    ));

  test('a wish that can be granted is, without a word', () =>
    listening(
      descent,
      {},
      async (heard) => {
        expect(heard.last.backend).toBe('cpu');
        expect(tf.getBackend()).toBe('cpu');
        expect(heard.notices).toEqual([]);
      },
      { wish: 'cpu' },
    ));
});

/** Descent whose steps need a kernel that only some backends have. */
const missing = (...backends: string[]): AnyExperiment => ({
  ...descent,
  mechanism: async () => ({
    ...mechanism,
    step: (...args: Parameters<NonNullable<typeof mechanism.step>>) => {
      const backend = tf.getBackend();
      if (backends.includes(backend)) throw new Error(`Kernel 'X' not registered for backend '${backend}'`);
      mechanism.step?.(...args);
    },
  }),
});

describe('a kernel that is missing', () => {
  test('restarts the run with the next backend, which then gets to where the run was going', () =>
    listening(missing('wasm'), {}, async (heard) => {
      await heard.session.playTo(11);
      expect(heard.notices).toEqual([
        "WebAssembly (SIMD) could not go on (Kernel 'X' not registered for backend 'wasm'); restarted with plain JavaScript.",
      ]);
      expect(heard.last).toMatchObject({ step: 11, backend: 'cpu' });
      expect(heard.statuses.at(-1)).toBe('idle');
    }));

  test('from all backends stops the run, with what went wrong and what to do', async () => {
    const before = tf.memory().numTensors;
    await listening(missing('wasm', 'cpu'), {}, async (heard) => {
      await heard.session.playTo(11);
      expect(heard.notices).toHaveLength(2);
      expect(heard.notices[1]).toContain("Kernel 'X' not registered for backend 'cpu'");
      expect(heard.notices[1]).toContain('Reload the page');
      expect(heard.statuses.at(-1)).toBe('stopped');
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('numbers that are no longer finite', () => {
  // |1 - 1e10 * 1.5| is about 1.5e10 a step, so that the loss passes the largest float32 at step 2.
  const wild = { rate: 1e10 };

  test('stop the run, with the step and what to do, and keep the last good frame', () =>
    listening(descent, wild, async (heard) => {
      await heard.session.play();
      expect(heard.notices).toEqual(['Stopped at step 2: loss is Infinity. Lower the rate.']);
      expect(heard.statuses.at(-1)).toBe('stopped');
      expect(heard.steps.every((step) => step < 2)).toBe(true);
      expect(heard.last.backend).toBe('wasm');
      expect(JSON.stringify(heard.last.frame)).not.toContain('null');
    }));

  test('are the last that is heard of the run, even where its last steps took long enough to tell the speed', () => {
    const slow: AnyExperiment = {
      ...descent,
      mechanism: async () => ({
        ...mechanism,
        step: (...args: Parameters<NonNullable<typeof mechanism.step>>) => {
          const until = performance.now() + 600;
          while (performance.now() < until);
          mechanism.step?.(...args);
        },
      }),
    };
    return listening(slow, wild, async (heard) => {
      await heard.session.play();
      expect(heard.events.at(-1)).toMatchObject({ type: 'status', status: 'stopped' });
    });
  });

  test('leave the session usable: other parameters run', () =>
    listening(descent, wild, async (heard) => {
      await heard.session.play();
      await heard.session.reset();
      await heard.session.setParams(heard.values({ rate: 0.1 }));
      await heard.session.play();
      expect(heard.last.step).toBe(20);
      expect(heard.statuses.at(-1)).toBe('done');
    }));

  test('free everything when the session is closed', async () => {
    const before = tf.memory().numTensors;
    await listening(descent, wild, (heard) => heard.session.play());
    expect(tf.memory().numTensors).toBe(before);
  });
});

const params = { x: real({ label: 'x', min: -1, max: 1, default: 1 }) } satisfies Schema;
/** A calculator that has no answer for negative numbers. */
const root = defineExperiment({
  ...(calculator as unknown as AnyExperiment),
  id: 'test/root',
  params,
  mechanism: async () =>
    defineMechanism<typeof params>()({
      setup: () => ({}),
      frame: (_, { params: { x } }) => {
        if (x < 0) throw new RangeError(`${x} has no root`);
        return { root: Math.sqrt(x) };
      },
    }),
  summary: () => ({}),
} as AnyExperiment);

describe('a calculator that cannot answer', () => {
  test('says why, and answers again when it can', () =>
    listening(root, {}, async (heard) => {
      await heard.session.setParams({ x: -1 });
      expect(heard.notices.at(-1)).toContain('-1 has no root');
      expect(heard.statuses.at(-1)).toBe('stopped');
      await heard.session.setParams({ x: 0.25 });
      expect(heard.last.frame).toEqual({ root: 0.5 });
      expect(heard.statuses.at(-1)).toBe('idle');
    }));

  test('says so at once where the link asks for it', async () => {
    const heard = new Heard(root, { x: -1 });
    await heard.session.open();
    await heard.session.playTo(3);
    expect(heard.notices.at(-1)).toContain('-1 has no root');
    await heard.session.close();
  });

  test('spectra of all zeros: the distance by hand says what to raise', async () => {
    const byHand = await findExperiment('fresh/by-hand');
    await listening(byHand, {}, async (heard) => {
      const before = heard.last.fingerprint;
      await heard.session.setParams(heard.values({ u: new Array(16).fill(0) }));
      expect(heard.notices).toEqual(['A spectrum of all zeros has nothing to carry. Raise at least one bar of each.']);
      expect(heard.last.backend).toBe('wasm');
      await heard.session.setParams(heard.values({}));
      expect(heard.last.fingerprint).toBe(before);
      expect(heard.statuses.at(-1)).toBe('idle');
    });
  });
});

/** Fails to show itself from step 3 on, in the middle of a run. */
const blind: AnyExperiment = {
  ...descent,
  steps: () => 3000,
  mechanism: async () => ({
    ...mechanism,
    frame: (...args: Parameters<typeof mechanism.frame>) => {
      if (args[1].step >= 3) throw new Error('cannot look');
      return mechanism.frame(...args);
    },
  }),
};

test('a run that cannot be shown any more stops with a notice, and nothing is thrown behind its back', async () => {
  const before = tf.memory().numTensors;
  // tfjs's wasm loader ends the process at the first rejection that nobody handles; here they are counted instead.
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  const unhandled: unknown[] = [];
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  try {
    await listening(blind, {}, async (heard) => {
      await heard.session.play();
      expect(heard.notices.at(-1)).toContain('cannot look');
      expect(heard.statuses.at(-1)).toBe('stopped');
    });
    await pause(50);
    expect(unhandled).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of others) process.on('unhandledRejection', listener);
  }
});
