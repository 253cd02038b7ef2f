import { describe, expect, test } from 'vitest';
import type { Schema } from '#lab/params';
import { findExperiment } from '#lab/registry';
import { type NumberParam, nudged } from '#lab/slider';
import { awake, beyond, button, chartsOf, hasFocus, paused, soon, stepOf, tabTo, widgets, withBrowser } from './site';

const open = withBrowser();

describe.for(widgets.filter(({ path }) => path.startsWith('papers/')))(
  '$id by keyboard alone',
  ({ path, anchor, id, runs }) => {
    test.skipIf(!runs)('runs, pauses, steps and resets, and the focus stays where it was', async () => {
      const page = await open(path);
      const section = await awake(page, anchor);
      const first = await chartsOf(section);
      await section.locator('.permalink').focus();
      const primary = section.locator('.run-bar .primary');
      await tabTo(page, primary);
      await page.keyboard.press('Enter');
      await beyond(section, 1);
      expect(await hasFocus(primary), 'focus after Run').toBe(true);
      await page.keyboard.press('Space');
      await paused(section);
      expect(await hasFocus(primary), 'focus after Pause').toBe(true);

      const step = await stepOf(section);
      await tabTo(page, button(section, 'Step'));
      for (const more of [1, 2]) {
        await page.keyboard.press('Enter');
        await expect.poll(() => stepOf(section), soon).toBe(step + more);
        await paused(section);
      }
      expect(await hasFocus(button(section, 'Step')), 'focus after Step').toBe(true);

      await tabTo(page, button(section, 'Reset'));
      await page.keyboard.press('Enter');
      await expect.poll(() => stepOf(section), soon).toBe(0);
      await expect.poll(() => chartsOf(section), soon).toEqual(first);
    });

    test('an arrow key changes a parameter by one step', async () => {
      const page = await open(path);
      const section = await awake(page, anchor);
      await section.locator('.permalink').focus();
      const range = section.locator('[data-param] input[type=range]').first();
      const schema = (await findExperiment(id)).params as Schema;
      if ((await range.count()) > 0) {
        const control = range.locator('xpath=ancestor::*[@data-param]');
        const name = (await control.getAttribute('data-param')) as string;
        const param = schema[name] as NumberParam;
        await tabTo(page, range);
        await page.keyboard.press('ArrowRight');
        const field = control.locator('.field');
        await expect.poll(() => field.inputValue(), soon).toBe(String(nudged(param, param.default, 1)));
        await page.keyboard.press('ArrowLeft');
        await expect.poll(() => field.inputValue(), soon).toBe(String(param.default));
      } else {
        const bar = section.locator('[data-param] [role=slider]').first();
        const before = Number(await bar.getAttribute('aria-valuenow'));
        const [min, max] = [await bar.getAttribute('aria-valuemin'), await bar.getAttribute('aria-valuemax')].map(
          Number,
        );
        await tabTo(page, bar);
        await page.keyboard.press('ArrowRight');
        const twentieth = ((max as number) - (min as number)) / 20;
        await expect
          .poll(async () => Number(await bar.getAttribute('aria-valuenow')), soon)
          .toBeCloseTo(before + twentieth);
      }
    });
  },
);
