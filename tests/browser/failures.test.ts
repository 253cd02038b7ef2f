import { expect, test } from 'vitest';
import { awake, beyond, button, live, noticesOf, pause, soon, stepOf, withBrowser } from './site';

const open = withBrowser();

/**
 * The largest learning rate on three networks. Adam's own state overflows first and stops it, so that the losses are
 * absurd (up to 1e25) but finite; no setting that the schema takes is known to end in NaN.
 */
const extremes = [
  'encoding=siren&omega0=120&width=256&depth=4',
  'encoding=none&width=256&depth=8',
  'encoding=fourier&sigma=8&width=256&depth=8',
];

test.for(extremes)(
  'a run at the largest learning rate stays finite, or says at which step it ended (%s)',
  async (query) => {
    const page = await open(`papers/fresh/#spectral-bias?${query}&learningRate=1&step=40`);
    const section = page.locator('#spectral-bias');
    await live(section);
    await expect
      .poll(async () => (await stepOf(section)) >= 40 || (await noticesOf(section)).length > 0, soon)
      .toBe(true);
    for (const notice of await noticesOf(section)) {
      expect(notice).toMatch(/^Stopped at step \d+: the loss is .*\. Lower the learning rate/);
      await expect.poll(() => section.locator('.state').textContent(), soon).toContain('stopped');
    }
    for (const chart of await section.locator('.plot').all())
      expect(await chart.innerHTML()).not.toMatch(/NaN|Infinity/);

    // What the hint advises works.
    await section.locator('#spectral-bias-learningRate').fill('0.0001');
    await section.locator('#spectral-bias-learningRate').press('Enter');
    await button(section, 'Reset').click();
    await expect.poll(() => stepOf(section), soon).toBe(0);
    await button(section, 'Run').click();
    await beyond(section, 20);
    await pause(section);
    expect(await noticesOf(section)).toEqual([]);
  },
);

test('a value that a control refuses is said, and the old one stays', async () => {
  const section = await awake(await open('papers/fresh/'), 'spectral-bias');
  const width = section.locator('#spectral-bias-width');
  for (const wrong of ['7', '1000', 'wide', '']) {
    await width.fill(wrong);
    await width.press('Enter');
    await expect
      .poll(() => noticesOf(section), soon)
      .toEqual([expect.stringContaining(`"${wrong}" is not a whole number`)]);
    expect(await width.inputValue()).toBe('64');
  }
});

test('nothing to learn and nothing to carry are said, and raising a bar helps', async () => {
  const zeros = new Array(16).fill(0).join(',');
  const page = await open(`papers/fresh/#spectral-bias?amplitudes=${zeros}`);
  const section = page.locator('#spectral-bias');
  await expect.poll(() => noticesOf(section), soon).toEqual([expect.stringContaining('Silence')]);
  await section.locator('[data-param=amplitudes] [role=slider]').first().press('End');
  await expect.poll(() => noticesOf(section), soon).toEqual([]);
  await live(section);
  await button(section, 'Run').click();
  await beyond(section, 5);
  await pause(section);
});
