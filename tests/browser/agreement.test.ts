import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { beyond, button, paused, withBrowser } from './site';

const open = withBrowser();

interface Outcome {
  steps: number;
  seed: number;
  params: unknown;
  summary: Record<string, number | null>;
  frame: { fit: number[] };
}

test('the command line and the page compute the same run', async () => {
  const command = 'experiment fresh/spectral-bias --steps 200 --seed 3 --frame --json -';
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/lab.mjs', ...command.split(' ')], {
    maxBuffer: 100e6,
  });
  const there = JSON.parse(stdout) as Outcome;

  const page = await open('papers/fresh/#spectral-bias?seed=3&step=200');
  const section = page.locator('#spectral-bias');
  await beyond(section, 200);
  await paused(section);
  await section.getByText('Export and settings').click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(section, 'This run (JSON)').click()]);
  const here = JSON.parse(await readFile(await download.path(), 'utf8')) as Outcome;

  expect([here.steps, here.seed]).toEqual([200, 3]);
  expect([there.steps, there.seed]).toEqual([200, 3]);
  expect(here.params).toEqual(there.params);
  expect(Object.keys(here.summary)).toEqual(Object.keys(there.summary));
  for (const [name, value] of Object.entries(there.summary)) {
    const other = here.summary[name];
    if (value === null || other === null) expect(other, name).toBe(value);
    else expect(Math.abs((other as number) - value), name).toBeLessThanOrEqual(1e-4 * Math.abs(value));
  }
  expect(here.frame.fit).toHaveLength(there.frame.fit.length);
  there.frame.fit.forEach((value, i) => {
    expect(Math.abs((here.frame.fit[i] as number) - value), `fit[${i}]`).toBeLessThanOrEqual(1e-4);
  });
});
