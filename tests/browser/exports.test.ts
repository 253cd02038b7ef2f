import { readFile } from 'node:fs/promises';
import { csvParse } from 'd3-dsv';
import { unzipSync } from 'fflate';
import { parseHTML } from 'linkedom';
import type { Download, Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { awake, beyond, button, pause, widgets, withBrowser } from './site';

const open = withBrowser();
/** A widget that trains, so that it has weights. */
const widget = widgets.find(({ id, path }) => id === 'fresh/spectral-bias' && path.startsWith('papers/'));
if (!widget) throw new Error('The widget that these tests export from is gone.');

/** Presses an export button; resolves with the files that come of it. */
async function files(section: Locator, name: string, count: number): Promise<{ name: string; bytes: Buffer }[]> {
  const downloads: Download[] = [];
  const page = section.page();
  const listen = (download: Download) => downloads.push(download);
  page.on('download', listen);
  await button(section, name).click();
  await expect.poll(() => downloads.length, { timeout: 20_000 }).toBe(count);
  page.off('download', listen);
  return Promise.all(
    downloads.map(async (d) => ({ name: d.suggestedFilename(), bytes: await readFile(await d.path()) })),
  );
}

async function afterARun(): Promise<{ section: Locator; charts: number }> {
  const { path, anchor } = widget as NonNullable<typeof widget>;
  const section = await awake(await open(path), anchor);
  await button(section, 'Run').click();
  await beyond(section, 20);
  await pause(section);
  await section.getByText('Export and settings').click();
  return { section, charts: await section.locator('figure.chart').count() };
}

test('numbers leave as CSV and as JSON', async () => {
  const { section, charts } = await afterARun();
  for (const { name, bytes } of await files(section, 'Chart data (CSV)', charts)) {
    expect(name).toMatch(/\.csv$/);
    const rows = csvParse(bytes.toString());
    expect(rows.length, name).toBeGreaterThan(0);
    expect(rows.columns.length, name).toBeGreaterThan(1);
  }
  const [json] = await files(section, 'This run (JSON)', 1);
  const run = JSON.parse(json?.bytes.toString() as string);
  expect(run).toMatchObject({ id: widget.id, steps: expect.any(Number), link: section.page().url() });
  for (const key of ['params', 'seed', 'backend', 'version', 'summary', 'frame']) expect(run, key).toHaveProperty(key);
  expect(Object.keys(run.summary).length).toBeGreaterThan(0);
});

test('charts leave as SVG and as PNG, in the colours of the page', async () => {
  const { section, charts } = await afterARun();
  for (const { name, bytes } of await files(section, 'Charts (SVG)', charts)) {
    expect(name).toMatch(/\.svg$/);
    const { document } = parseHTML(bytes.toString());
    expect(document.documentElement.tagName.toLowerCase()).toBe('svg');
    expect(document.querySelectorAll('path, rect, image').length, name).toBeGreaterThan(0);
    expect(bytes.toString()).not.toMatch(/(fill|stroke): var\(/);
  }
  for (const { name, bytes } of await files(section, 'Charts (PNG)', charts)) {
    expect(name).toMatch(/\.png$/);
    expect([...bytes.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    expect(bytes.length, name).toBeGreaterThan(1000);
  }
});

test('a chart that the build drew leaves with its photographs inside', async () => {
  const page = await open('papers/fresh/');
  const section = page.locator('#choice');
  await section.locator('.side').scrollIntoViewIfNeeded();
  await page.locator('#choice[data-ready]').waitFor();
  expect(await section.locator('.plot:not([data-live]) image').count()).toBeGreaterThan(0);
  await section.getByText('Export and settings').click();
  const charts = await section.locator('figure.chart').count();
  const saved = await files(section, 'Charts (SVG)', charts);
  const addresses = saved.flatMap(({ bytes }) => [...bytes.toString().matchAll(/ href="([^"]{5})/g)].map(([, a]) => a));
  expect(addresses.length).toBeGreaterThan(0);
  expect(new Set(addresses)).toEqual(new Set(['data:']));
});

test('weights leave as JSON and as a NumPy archive, with the same numbers', async () => {
  const { section } = await afterARun();
  const [json] = await files(section, 'Weights (JSON)', 1);
  const weights = JSON.parse(json?.bytes.toString() as string) as Record<string, { shape: number[]; values: number[] }>;
  const [npz] = await files(section, 'Weights (.npz)', 1);
  expect([...(npz?.bytes.subarray(0, 4) ?? [])]).toEqual([0x50, 0x4b, 3, 4]);
  const arrays = unzipSync(new Uint8Array(npz?.bytes as Buffer));
  expect(Object.keys(arrays).sort()).toEqual(
    Object.keys(weights)
      .map((name) => `${name}.npy`)
      .sort(),
  );
  for (const [name, { shape, values }] of Object.entries(weights)) {
    expect(values).toHaveLength(shape.reduce((product, n) => product * n, 1));
    const array = arrays[`${name}.npy`] as Uint8Array;
    const numbers = new Float32Array(array.slice(-4 * values.length).buffer);
    expect([...numbers]).toEqual(values);
  }
});

test('Copy link puts the address of the picture on the clipboard', async () => {
  const { path, anchor } = widget;
  const page = await open(path, { permissions: ['clipboard-read', 'clipboard-write'] });
  const section = await awake(page, anchor);
  await button(section, 'Step').click();
  await beyond(section, 1);
  await expect.poll(() => page.url(), { timeout: 20_000 }).toContain('step=1');
  await button(section, 'Copy link').click();
  await expect.poll(() => section.locator('.said').textContent()).toContain('Link copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});
