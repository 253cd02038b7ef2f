import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { awake, beyond, button, paths, pause, widgets, withBrowser } from './site';

const open = withBrowser();

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1280, 390].map((width) => ({ colorScheme, width })),
);
type Look = (typeof looks)[number];

/** Rules of WCAG 2.2 that axe leaves out unless it is asked. */
const MORE = { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } };

/** Puts the page into the look; what axe finds there, one line per rule that is broken: what, how often, and where first. */
async function faults(page: Page, { colorScheme, width }: Look): Promise<string[]> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 844 });
  // Code that is wider than its box gets the focus a moment after it is laid out.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('pre')].every((pre) => pre.scrollWidth <= pre.clientWidth || pre.tabIndex === 0),
  );
  // Neither frames of other origins nor lists of what is right are needed; without them axe is more than twice as fast.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .exclude('[data-passed-over]')
    .options({ resultTypes: ['violations'], rules: MORE })
    .analyze();
  return violations.map(
    ({ id, help, nodes }) =>
      `${colorScheme}, ${width} px: ${id} (${help}), ${nodes.length} times, first at ${nodes[0]?.target.join(' ')}`,
  );
}

async function expectNoFaults(page: Page, looks: readonly Look[]): Promise<void> {
  for (const look of looks) expect(await faults(page, look)).toEqual([]);
}

const widgetsOf = (path: string) => widgets.filter((widget) => widget.path === path);
const large = (path: string) => widgetsOf(path).length > 0;

test.for(paths.filter((path) => !large(path)))('/%s has no accessibility fault', async (path) => {
  await expectNoFaults(await open(path), looks);
});

/**
 * Axe takes ten seconds for a page with widgets: two looks after its runs, with everything unfolded, and one before them, which
 * pages take in turn.
 */
const straight = ({ colorScheme, width }: Look) => (colorScheme === 'light') === (width === 1280);
const before = looks.filter((look) => !straight(look));
const after = looks.filter(straight);

test.for(paths.filter(large).map((path, i) => ({ path, before: before[i % before.length] as Look })))(
  '/$path has no accessibility fault, nor after runs, with everything unfolded',
  { timeout: 300_000 },
  async ({ path, before }) => {
    const page = await open(path);
    // Of the long code listings one is enough: they are all made alike, and axe looks at every word of them.
    await page.evaluate(() => {
      for (const listing of [...document.querySelectorAll('details.source')].slice(1))
        listing.toggleAttribute('data-passed-over');
    });
    await expectNoFaults(page, [before]);

    await page.setViewportSize({ width: 1280, height: 844 });
    for (const { anchor, runs } of widgetsOf(path)) {
      const section = await awake(page, anchor);
      if (!runs) continue;
      await button(section, 'Run').click();
      await beyond(section, 10);
      await pause(section);
    }
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = !details.matches('[data-passed-over]');
    });
    if (await page.locator('details.source').count()) await page.locator('details.source .expressive-code').waitFor();
    await expectNoFaults(page, after.slice(0, 1));
    // On a telephone the controls are in a sheet.
    await page.setViewportSize({ width: 390, height: 844 });
    for (const { anchor } of widgetsOf(path)) {
      const controls = button(page.locator(`#${anchor}`), 'Controls');
      if (await controls.isVisible()) await controls.click();
    }
    // Where the last click left the page, the header of the site may lie over half of a link.
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await expectNoFaults(page, after.slice(1));
  },
);
