import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  widgets as all,
  awake,
  beyond,
  button,
  chartsOf,
  controlsOf,
  live,
  noticesOf,
  pause,
  paused,
  site,
  soon,
  stepOf,
  type WidgetPlace,
  withBrowser,
} from './site';

const open = withBrowser();

/** The widgets of the papers; the home page shows one of them again. */
const widgets = all.filter(({ path }) => path.startsWith('papers/'));

const sliders = '[data-param] :is(input[type=range], [role=slider])';

/** Moves the first slider of the widget by one step, and waits until the charts show it. */
async function changeFirst(section: Locator): Promise<void> {
  const before = await chartsOf(section);
  await section.locator(sliders).first().press('ArrowUp');
  await expect.poll(() => chartsOf(section), soon).not.toEqual(before);
}

test('there are widgets to test', () => {
  expect(widgets.filter(({ runs }) => runs).length).toBeGreaterThan(0);
});

describe.for(widgets)('$id', ({ path, anchor, runs }: WidgetPlace) => {
  test('changing a control changes the charts', async () => {
    const section = await awake(await open(path), anchor);
    await changeFirst(section);
  });

  test('its address shows the same controls, step and charts in another browser', async () => {
    const page = await open(path);
    const section = await awake(page, anchor);
    await changeFirst(section);
    if (runs) {
      await button(section, 'Run').click();
      await beyond(section, 20);
      await pause(section);
    }
    await expect.poll(() => page.url(), soon).toContain(runs ? 'step=' : '?');
    const link = page.url();
    expect(link).toContain(`#${anchor}?`);
    const [step, controls, charts] = [
      runs ? await stepOf(section) : null,
      await controlsOf(section),
      await chartsOf(section),
    ];

    const elsewhere = (await open(link.slice(site.length))).locator(`#${anchor}`);
    await live(elsewhere);
    if (runs) await expect.poll(() => stepOf(elsewhere), soon).toBe(step);
    await expect.poll(() => chartsOf(elsewhere), soon).toEqual(charts);
    expect(await controlsOf(elsewhere)).toEqual(controls);
  });

  test.skipIf(!runs)(
    'Run changes the charts, Pause stops the count, and Reset brings the first frame back',
    async () => {
      const section = await awake(await open(path), anchor);
      const first = await chartsOf(section);
      await button(section, 'Run').click();
      await beyond(section, 20);
      await pause(section);
      const [step, charts] = [await stepOf(section), await chartsOf(section)];
      expect(charts).not.toEqual(first);
      await section.page().waitForTimeout(600);
      expect(await stepOf(section)).toBe(step);
      await button(section, 'Reset').click();
      await expect.poll(() => stepOf(section), soon).toBe(0);
      await expect.poll(() => chartsOf(section), soon).toEqual(first);
    },
  );

  test.skipIf(!runs)('Step advances by exactly one, and Reset in the middle of a run stops it at step 0', async () => {
    const section = await awake(await open(path), anchor);
    const first = await chartsOf(section);
    for (const step of [1, 2]) {
      await button(section, 'Step').click();
      await expect.poll(() => stepOf(section), soon).toBe(step);
      await paused(section);
    }
    await section.page().waitForTimeout(300);
    expect(await stepOf(section)).toBe(2);
    await button(section, 'Go on').click();
    await beyond(section, 5);
    await button(section, 'Reset').click();
    await paused(section);
    await expect.poll(() => stepOf(section), soon).toBe(0);
    await expect.poll(() => chartsOf(section), soon).toEqual(first);
    await section.page().waitForTimeout(500);
    expect(await stepOf(section)).toBe(0);
    expect(await noticesOf(section)).toEqual([]);
  });

  test.skipIf(!runs)('a run goes on after its slider was moved several times in quick succession', async () => {
    const section = await awake(await open(path), anchor);
    await button(section, 'Run').click();
    await beyond(section, 5);
    const slider = section.locator(sliders).first();
    for (let i = 0; i < 5; i++) await slider.press('ArrowUp');
    // Every move restarts the run; the last restart has to run on.
    await section.page().waitForTimeout(1000);
    await beyond(section, 5);
    expect(await noticesOf(section)).toEqual([]);
    await pause(section);
  });
});
