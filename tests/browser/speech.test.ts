/** What a widget says to those who listen: one message for each thing that happens, and none of what happens all the time. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { awake, beyond, button, pause, soon, withBrowser } from './site';

const open = withBrowser();

/** Keeps every text that a live region of the page comes to hold, and every label that a chart comes to have. */
async function overhear(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard = Object.assign(window, { said: [] as string[], labels: 0 });
    new MutationObserver((changes) => {
      const regions = new Set(
        changes.map(({ target }) =>
          (target instanceof Element ? target : target.parentElement)?.closest(
            '[role=status], [role=alert], [aria-live]',
          ),
        ),
      );
      for (const region of regions) {
        const text = region?.textContent?.trim();
        if (text) heard.said.push(text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    new MutationObserver((changes) => {
      heard.labels += changes.length;
    }).observe(document.body, { subtree: true, attributeFilter: ['aria-label'] });
  });
}

/** What was said since the last call. */
const heard = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0));
const labels = (page: Page) => page.evaluate(() => (window as unknown as { labels: number }).labels);

const labelOf = (section: Locator) => section.locator('figure.chart .plot').first().getAttribute('aria-label');

test('a run says that it runs, where it was paused and what the chart shows then; steps in between say nothing', async () => {
  const page = await open('papers/one-step-gd/');
  const built = await labelOf(page.locator('#train'));
  const section = await awake(page, 'train');
  // The labels of the first live frame come a moment after its charts.
  await expect.poll(() => labelOf(section), soon).not.toBe(built);
  // On a fast machine the run would be over before it can be paused.
  await section.locator('.more select').selectOption('100 steps a second', { force: true });
  await overhear(page);
  const before = await labelOf(section);
  await button(section, 'Run').click();
  await beyond(section, 30);
  expect(await heard(page)).toEqual(['Running.']);
  expect(await labels(page), 'labels that were written while it ran').toBe(0);
  expect(await labelOf(section)).toBe(before);

  await pause(section);
  await expect.poll(() => labelOf(section), soon).not.toBe(before);
  const [said, ...more] = await heard(page);
  expect(said).toMatch(/^Paused at step \d+ of 1500\. /);
  expect(said).toContain(await labelOf(section));
  expect(more).toEqual([]);
});

test('single steps, a reset, a wrong number and an end are each one message', async () => {
  const page = await open('papers/bigram-subnetworks/');
  const section = await awake(page, 'ablation');
  await overhear(page);
  const once = async (what: RegExp) => {
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { said: string[] }).said.length), soon)
      .toBeGreaterThan(0);
    const said = await heard(page);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(what);
  };
  await button(section, 'Step').click();
  await once(/^Paused at step 1 of 88\./);
  await button(section, 'Reset').click();
  await once(/^Reset to step 0\.$/);
  await section.getByText('More ways to run').click();
  await section.getByLabel('Run to step').fill('soon');
  await button(section, 'Go').click();
  await once(/"soon" is not a whole number/);
  await section.locator('.more select').selectOption('as fast as it goes');
  await button(section, 'Run').click();
  await once(/^Running\.$/);
  await expect.poll(() => section.locator('.agreement').count(), { ...soon, timeout: 60_000 }).toBe(1);
  await once(/^The run ended at step 88\. (✓ Reproduces|Differs from) the recorded run .*nats/);
});

test('with less motion asked for nothing slides: neither scrolling nor a change of pages', async () => {
  const page = await open('guides/reading/', { reducedMotion: 'reduce' });
  const moving = () =>
    page.evaluate(() => ({
      scroll: getComputedStyle(document.documentElement).scrollBehavior,
      transitions: [...document.styleSheets].some((sheet) =>
        [...sheet.cssRules].some((rule) => rule.constructor.name === 'CSSViewTransitionRule'),
      ),
      animations: document.getAnimations().length,
      timed: [...document.querySelectorAll('*')].filter(
        (element) => Number.parseFloat(getComputedStyle(element).transitionDuration) > 0,
      ).length,
    }));
  expect(await moving()).toEqual({ scroll: 'auto', transitions: false, animations: 0, timed: 0 });
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect((await moving()).scroll).toBe('smooth');
});
