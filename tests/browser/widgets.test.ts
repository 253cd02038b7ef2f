import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Schema } from '#lab/params';
import { findExperiment } from '#lab/registry';
import { type NumberParam, nudged } from '#lab/slider';
import {
  widgets as all,
  awake,
  beyond,
  button,
  chartsOf,
  controlsOf,
  hasFocus,
  live,
  noticesOf,
  paused,
  site,
  soon,
  stepOf,
  tabTo,
  type WidgetPlace,
  withBrowser,
} from './site';

const open = withBrowser();

/** The mechanism of each widget of the papers; the home page shows one of them again. */
const mechanisms = new Map<unknown, WidgetPlace>();
for (const widget of all.filter(({ path }) => path.startsWith('papers/'))) {
  const { mechanism } = await findExperiment(widget.id);
  // What several papers share is driven once; that it starts on every page, the axe tests see.
  if (!mechanisms.has(mechanism)) mechanisms.set(mechanism, widget);
}
const widgets = [...mechanisms.values()];

const sliders = '[data-param] :is(input[type=range], [role=slider])';

test('there are widgets to test', () => {
  expect(widgets.filter(({ runs }) => runs).length).toBeGreaterThan(0);
});

/** What is done here is done by the keyboard alone; the tests of single features use the mouse. */
test.for(widgets)(
  '$id steps, runs, pauses and resets, takes up a control, and its address shows the same elsewhere, all by keyboard',
  async ({ path, anchor, id, runs }: WidgetPlace) => {
    const page = await open(path);
    const section = await awake(page, anchor);
    // Some runs take thousands of steps a second, and would be over before they can be paused.
    if (runs) await section.locator('.more select').selectOption('100 steps a second', { force: true });
    await section.locator('.permalink').focus();
    if (runs) await playAll(page, section);

    await section.locator('.permalink').focus();
    const before = await chartsOf(section);
    await nudge(page, section, (await findExperiment(id)).params as Schema);
    await expect.poll(() => chartsOf(section), soon).not.toEqual(before);
    if (runs) await runChanged(page, section);

    await expect.poll(() => page.url(), soon).toContain(runs ? 'step=' : '?');
    const link = page.url();
    expect(link).toContain(`#${anchor}?`);
    const shown = async (section: Locator) => ({
      step: runs ? await stepOf(section) : null,
      controls: await controlsOf(section),
    });
    const elsewhere = (await open(link.slice(site.length))).locator(`#${anchor}`);
    await live(elsewhere);
    const expected = await shown(section);
    await expect.poll(() => shown(elsewhere), soon).toEqual(expected);
    const charts = await chartsOf(section);
    await expect.poll(() => chartsOf(elsewhere), soon).toEqual(charts);
  },
);

/** Steps, runs, pauses and resets; the focus has to stay where it is, and Reset has to bring the first frame back. */
async function playAll(page: Page, section: Locator): Promise<void> {
  const first = await chartsOf(section);
  const expectFirst = async () => {
    await paused(section);
    await expect.poll(() => stepOf(section), soon).toBe(0);
    await expect.poll(() => chartsOf(section), soon).toEqual(first);
  };
  const primary = section.locator('.run-bar .primary');

  await tabTo(page, button(section, 'Step'));
  for (const step of [1, 2]) {
    await page.keyboard.press('Enter');
    await expect.poll(() => stepOf(section), soon).toBe(step);
    await paused(section);
  }
  expect(await hasFocus(button(section, 'Step')), 'focus after Step').toBe(true);

  // Reset in the middle of a run.
  await primary.focus();
  await page.keyboard.press('Enter');
  await beyond(section, 5);
  await tabTo(page, button(section, 'Reset'));
  await page.keyboard.press('Enter');
  await expectFirst();

  await primary.focus();
  await page.keyboard.press('Enter');
  await beyond(section, 20);
  expect(await hasFocus(primary), 'focus after Run').toBe(true);
  await page.keyboard.press('Space');
  await paused(section);
  expect(await hasFocus(primary), 'focus after Pause').toBe(true);
  expect(await chartsOf(section)).not.toEqual(first);
  const step = await stepOf(section);
  await page.waitForTimeout(500);
  expect(await stepOf(section)).toBe(step);
  await tabTo(page, button(section, 'Reset'));
  await page.keyboard.press('Enter');
  await expectFirst();
  expect(await noticesOf(section)).toEqual([]);
}

/** Runs, moves the first slider several times in quick succession, and pauses some steps later. */
async function runChanged(page: Page, section: Locator): Promise<void> {
  await section.locator('.run-bar .primary').focus();
  await page.keyboard.press('Enter');
  await beyond(section, 5);
  // Every move restarts the run; the last restart has to run on.
  await section.locator(sliders).first().focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowUp');
  await page.waitForTimeout(600);
  await beyond(section, 20);
  await section.locator('.run-bar .primary').focus();
  await page.keyboard.press('Space');
  await paused(section);
  expect(await noticesOf(section)).toEqual([]);
}

/** Tabs to the first slider of the widget and moves it up by one step, whichever kind it is. */
async function nudge(page: Page, section: Locator, schema: Schema): Promise<void> {
  const slider = section.locator(sliders).first();
  await tabTo(page, slider);
  const kind = await slider.evaluate((element) => element.tagName);
  if (kind === 'INPUT') {
    const control = slider.locator('xpath=ancestor::*[@data-param]');
    const param = schema[(await control.getAttribute('data-param')) as string] as NumberParam;
    await page.keyboard.press('ArrowUp');
    const field = control.locator('.field');
    await expect.poll(() => field.inputValue(), soon).toBe(String(nudged(param, param.default, 1)));
    return;
  }
  const [now, min, max] = (await Promise.all(
    ['now', 'min', 'max'].map((name) => slider.getAttribute(`aria-value${name}`).then(Number)),
  )) as [number, number, number];
  await page.keyboard.press('ArrowUp');
  // A bar moves by a twentieth of its range, a point of a plane by a fortieth, a drawn signal by a sixteenth.
  const step = (max - min) / (kind === 'circle' ? 40 : kind === 'svg' ? 16 : 20);
  await expect.poll(async () => Number(await slider.getAttribute('aria-valuenow')), soon).toBeCloseTo(now + step);
}
