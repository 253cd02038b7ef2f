import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { awake, beyond, button, paths, pause, widgets, withBrowser } from './site';

const open = withBrowser();

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1280, 390].map((width) => ({ colorScheme, viewport: { width, height: 844 } })),
);
const cases = looks.flatMap((look) =>
  paths.map((path) => ({ path, look, name: `${look.colorScheme}, ${look.viewport.width} px` })),
);

/** One line per rule that is broken: what, how often, and where first. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, help, nodes }) => `${id} (${help}), ${nodes.length} times, first at ${nodes[0]?.target.join(' ')}`,
  );
}

/** Axe takes half a minute for a page with widgets: two looks before its runs and the other two after them, each theme and width in both. */
const large = ({ path }: { path: string }) => widgets.some((widget) => widget.path === path);
const straight = ({ look: { colorScheme, viewport } }: { look: (typeof looks)[number] }) =>
  (colorScheme === 'light') === (viewport.width === 1280);

test.for(cases.filter((one) => !large(one) || !straight(one)))(
  '/$path has no accessibility fault ($name)',
  async ({ path, look }) => {
    const page = await open(path, look);
    expect(await violations(page)).toEqual([]);
  },
);

const afterRuns = cases.filter((one) => large(one) && straight(one));

test.for(afterRuns)('/$path has none after runs, with everything unfolded ($name)', async ({ path, look }) => {
  const page = await open(path, look);
  for (const { anchor, runs } of widgets.filter((widget) => widget.path === path)) {
    const section = await awake(page, anchor);
    const controls = button(section, 'Controls');
    if (await controls.isVisible()) await controls.click();
    if (!runs) continue;
    await button(section, 'Run').click();
    await beyond(section, 10);
    await pause(section);
  }
  await page.evaluate(() => {
    // Of the long code listings one is enough: they are all made alike, and axe looks at every word of them.
    const listings = [...document.querySelectorAll('details.source')].slice(1);
    for (const details of document.querySelectorAll('details')) details.open = !listings.includes(details);
  });
  expect(await violations(page)).toEqual([]);
});
