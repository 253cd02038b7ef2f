import { describe, expect, test } from 'vitest';
import { fingerprint } from '#lab/fingerprint';
import { finite, RunStopped } from '#lab/stopped';
import { descent, frames, start, values } from './descent';

describe('stepping', () => {
  test('steps compute what the closed form says', async () => {
    const { first, last } = await frames({ seed: 5 }, 12);
    // (1 - 0.1 * 1.5)^12 by the recursion in the comment above.
    expect(last.w - 2).toBeCloseTo(0.85 ** 12 * (first.w - 2), 6);
    expect(last.step).toBe(12);
  });

  test('equal parameters and seeds give equal frames, another seed does not', async () => {
    const [a, b, c] = [await frames({ seed: 5 }, 9), await frames({ seed: 5 }, 9), await frames({ seed: 6 }, 9)];
    expect(fingerprint(b.last)).toBe(fingerprint(a.last));
    expect(fingerprint(c.last)).not.toBe(fingerprint(a.last));
  });

  test('many steps at once are the same as one by one', async () => {
    const run = await start();
    for (let i = 0; i < 9; i++) await run.advance();
    const oneByOne = await run.frame();
    run.dispose();
    expect(fingerprint((await frames({}, 9)).last)).toBe(fingerprint(oneByOne));
  });

  test('looking at a frame or the weights changes nothing', async () => {
    const run = await start();
    await run.advance(3);
    const before = fingerprint(await run.frame());
    run.weights();
    expect(fingerprint(await run.frame())).toBe(before);
    run.dispose();
  });

  test.each([
    [undefined, [0, 1, 2, 3, 4, 5, 6, 7]],
    [3, [0, 3, 6]],
    [10, [0]],
  ])('with measureEvery %s, step 0 and every such step are measured', async (measureEvery, steps) => {
    const { last } = await frames({}, 7, { ...descent, measureEvery });
    expect(last.steps).toEqual(steps);
  });

  test('wall time only grows, and is there after the first step', async () => {
    const { first, last } = await frames({}, 5);
    expect(last.seconds).toBeGreaterThan(first.seconds);
    expect(first.seconds).toBeGreaterThan(0);
  });
});

describe('new parameters', () => {
  test('a live one is taken over where the run stands', async () => {
    const run = await start();
    await run.advance(4);
    const before = (await run.frame()).w;
    expect(await run.update(values({ rate: 0.4 }))).toBe(true);
    expect(run.step).toBe(4);
    await run.advance(3);
    // 1 - 0.4 * 1.5 = 0.4 a step from here on.
    expect((await run.frame()).w - 2).toBeCloseTo(0.4 ** 3 * (before - 2), 6);
    run.dispose();
  });

  test.each([{ goal: 3 }, { seed: 2 }, { rate: 0.4, goal: 3 }])(
    '%o needs a restart, and changes nothing',
    async (given) => {
      const run = await start();
      await run.advance(4);
      expect(await run.update(values(given))).toBe(false);
      expect(run.params).toEqual(values());
      await run.advance(5);
      const undisturbed = await frames({}, 9);
      expect(fingerprint(await run.frame())).toBe(fingerprint(undisturbed.last));
      run.dispose();
    },
  );

  test('equal ones need no restart', async () => {
    const run = await start();
    expect(await run.update(values())).toBe(true);
    run.dispose();
  });
});

describe('numbers that are no longer finite', () => {
  // |1 - 1e10 * 1.5| is about 1.5e10, so the loss passes the largest float32 (3.4e38) at step 2; w turns NaN later.
  const wild = { rate: 1e10 };

  test('stop the run, with the step and what to do', async () => {
    const run = await start(wild);
    const error = await run.advance(20).catch((reason) => reason);
    run.dispose();
    expect(error).toBeInstanceOf(RunStopped);
    expect(error.message).toBe('Stopped at step 2: loss is Infinity.');
    expect(error.hint).toBe('Lower the rate.');
  });

  test('stop it at the next measurement where not every step is measured', async () => {
    const run = await start(wild, { ...descent, measureEvery: 10 });
    const error = await run.advance(20).catch((reason) => reason);
    run.dispose();
    expect(error.message).toBe('Stopped at step 10: loss is NaN.');
  });

  test('leave the history as it was', async () => {
    const run = await start(wild);
    await run.advance(20).catch(() => undefined);
    expect((await run.frame()).steps).toEqual([0, 1]);
    run.dispose();
  });

  test('finite() passes numbers through and stops at all else', () => {
    expect(finite('loss', -0.5)).toBe(-0.5);
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => finite('loss', x)).toThrow(RunStopped);
    }
  });
});
