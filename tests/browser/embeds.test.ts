/**
 * Widgets in frames of a page of another origin. The frames may run scripts and nothing else, and the site is served without
 * CORS headers, as a plain host does.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { parseHTML } from 'linkedom';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frameCode, parentCode } from '../../components/embed/code';
import {
  awake,
  beyond,
  button,
  chartsOf,
  controlsOf,
  live,
  pause,
  paused,
  site,
  soon,
  stepOf,
  tabTo,
  widgets,
  withBrowser,
} from './site';

const open = withBrowser();

let server: Server;
let html = '';
let host = '';

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Another name than the site's, so that the frames are cross-site too.
  host = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** A page of the other origin with `body`; what it logs as an error ends up in `errors`. */
async function openHost(body: string): Promise<{ page: Page; errors: string[] }> {
  html = `<!doctype html><html lang="en"><title>A course</title><body>${body}</body></html>`;
  const page = await open('404.html');
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(host);
  return { page, errors };
}

const frame = (address: string) => frameCode({ src: `${site}embed/${address}`, title: address, height: 200 });
const inFrame = (page: Page, at: number): FrameLocator => page.frameLocator(`iframe >> nth=${at}`);
const widgetIn = (page: Page, at: number) => inFrame(page, at).locator('section.experiment');

/** The parent's frame is as high as the page in it, and nothing in it scrolls. */
const fits = (page: Page, at: number) =>
  expect
    .poll(async () => {
      const element = page.locator('iframe').nth(at);
      const inside = await inFrame(page, at)
        .locator('html')
        .evaluate((root) => ({ needs: root.getBoundingClientRect().height, has: innerHeight }));
      const { height } = (await element.boundingBox()) ?? { height: 0 };
      return Math.max(Math.abs(inside.needs - inside.has), Math.abs(height - inside.has));
    }, soon)
    .toBeLessThanOrEqual(1);

test('three widgets of three papers run in frames that may only run scripts, and the frames follow their height', async () => {
  const { page, errors } = await openHost(
    [
      frame('fresh/spectral-bias/?charts=spectrum,signal&controls=width,amplitudes&depth=3&theme=dark'),
      frame('bigram-subnetworks/probe/?controls=text'),
      frame('one-step-gd/train/?run=1&controls='),
      parentCode(site),
    ].join('\n'),
  );
  const [fresh, bigrams, attention] = [0, 1, 2].map((at) => widgetIn(page, at)) as [
    ReturnType<typeof widgetIn>,
    ReturnType<typeof widgetIn>,
    ReturnType<typeof widgetIn>,
  ];

  // Cut down to what was asked for, in the order asked for; what has no control keeps its value.
  await live(fresh);
  const shown = await fresh.locator('figure.chart').evaluateAll((figures) => figures.map((f) => f.dataset.chart));
  expect(shown).toEqual(['spectrum', 'signal']);
  expect((await controlsOf(fresh)).map(([name]) => name)).toEqual(['width', 'amplitudes']);
  await fresh.locator('.more summary').click();
  expect(await fresh.getByRole('button', { name: 'New seed' }).count()).toBe(0);
  expect(await inFrame(page, 0).locator('html').getAttribute('data-theme')).toBe('dark');
  const home = inFrame(page, 0).locator('#home');
  expect(await home.textContent()).toBe(`${site}papers/fresh/#spectral-bias?depth=3`);
  expect(await home.getAttribute('target')).toBe('_blank');
  expect(await inFrame(page, 0).locator('footer').last().textContent()).toContain('CC BY 4.0');
  await fits(page, 0);

  const start = await chartsOf(fresh);
  await button(fresh, 'Run').click();
  await beyond(fresh, 40);
  await expect.poll(() => chartsOf(fresh), soon).not.toEqual(start);
  await pause(fresh);
  await fresh.locator('summary', { hasText: 'Numbers' }).first().click();
  await fits(page, 0);

  // This one reads files of weights.
  const bigram = await chartsOf(bigrams);
  await bigrams.locator('textarea.text').fill('of the people of the');
  await expect.poll(() => chartsOf(bigrams), soon).not.toEqual(bigram);
  await fits(page, 1);

  // This one runs by itself once it is in sight.
  await page.locator('iframe').nth(2).scrollIntoViewIfNeeded();
  await beyond(attention, 20);
  await button(attention, 'Pause').click();
  await paused(attention);
  expect(await stepOf(attention)).toBeGreaterThan(0);
  expect(await attention.locator('[data-param]').count()).toBe(0);
  await fits(page, 2);
  expect(errors).toEqual([]);
});

test('what is wrong in the address is said in the frame, and the rest is applied', async () => {
  const { page } = await openHost(
    frame('fresh/spectral-bias/?charts=spectrm,signal&controls=widht,depth&width=7&depth=3&theme=blue&run=x&backend=y'),
  );
  const section = widgetIn(page, 0);
  await live(section);
  const said = await inFrame(page, 0).locator('#refused p').allTextContents();
  expect(said).toHaveLength(5);
  for (const [i, part] of [
    'width: "7" is not a whole number from 8 to 256',
    'charts: "spectrm" is not a chart here. There are: signal',
    'controls: "widht" is not a parameter here. There are: amplitudes',
    'theme: "blue" is not one of light, dark',
    'run: "x" is not one of 1, 0',
  ].entries())
    expect(said[i]).toContain(part);
  await expect
    .poll(() => section.locator('.notices p').allTextContents(), soon)
    .toEqual([expect.stringContaining('"y"')]);
  expect((await controlsOf(section)).map(([name, , field]) => [name, field])).toEqual([['depth', '3']]);
  expect(await section.locator('figure.chart').count()).toBe(1);
});

/** What the charts show, in words: a frame is not as wide as the page, and so neither are its pictures. */
const wordsOf = (section: Locator) =>
  section.locator('.plot').evaluateAll((plots) => plots.map((plot) => plot.getAttribute('aria-label')));

test('the code that a widget writes works where it is pasted, and shows the same', async () => {
  const page = await open('papers/fresh/');
  const section = await awake(page, 'spectral-bias');
  const before = await wordsOf(section);
  await section.locator('#spectral-bias-width').fill('32');
  await section.locator('#spectral-bias-width').press('Enter');
  await button(section, 'Step').click();
  await beyond(section, 1);
  // The words follow when the run is at rest.
  await expect.poll(() => wordsOf(section), soon).not.toEqual(before);
  const shown = await wordsOf(section);
  await section.getByRole('button', { name: 'Embed' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const code = dialog.getByLabel('Code to paste');
  expect(await code.inputValue()).toContain('spectral-bias/?width=32&amp;step=1"');

  const { violations } = await new AxeBuilder({ page }).include('dialog[open]').setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await dialog.getByLabel('Depth').uncheck();
  await dialog.getByLabel('Theme').selectOption('dark');
  const pasted = await code.inputValue();
  await tabTo(page, dialog.getByRole('button', { name: 'Copy' }));
  await page.keyboard.press('Enter');
  await expect.poll(() => dialog.getByRole('status').textContent(), soon).not.toBe('');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog[open]').count(), soon).toBe(0);
  expect(await section.getByRole('button', { name: 'Embed' }).evaluate((b) => b === document.activeElement)).toBe(true);

  const { page: course, errors } = await openHost(pasted);
  const copy = widgetIn(course, 0);
  await beyond(copy, 1);
  await expect.poll(() => wordsOf(copy), soon).toEqual(shown);
  expect(await copy.locator('[data-param=depth]').count()).toBe(0);
  expect(await copy.locator('[data-param=width]').count()).toBe(1);
  expect(await inFrame(course, 0).locator('html').getAttribute('data-theme')).toBe('dark');
  await fits(course, 0);
  expect(errors).toEqual([]);
});

const ids = [...new Set(widgets.map(({ id }) => id))];

test('an embed page has no accessibility fault, loads its widget alone, and stays out of search and sitemap', async () => {
  const page = await open('404.html');
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url().slice(site.length)));
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${site}embed/lipsdp/one-pair/?theme=${width === 320 ? 'dark' : 'light'}`);
    await page.locator('#one-pair[data-ready] h3').click();
    await live(page.locator('#one-pair'));
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
  expect(loaded.filter((path) => /experiments\./.test(path)).length).toBeLessThanOrEqual(2);
  expect(loaded.filter((path) => /\.woff2|pagefind|papers\/(?!lipsdp)/.test(path))).toEqual([]);

  expect(readFileSync('dist/sitemap-0.xml', 'utf8')).not.toContain('/embed/');
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) {
    const { document } = parseHTML(readFileSync(`dist/embed/${id}/index.html`, 'utf8'));
    expect(document.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
    expect(document.querySelector('[data-pagefind-body]')).toBeNull();
    expect(document.querySelector('script[type=module]')).toBeNull();
    const canonical = new URL(document.querySelector('link[rel=canonical]')?.getAttribute('href') ?? '');
    const [slug, anchor] = id.split('/');
    expect(canonical.pathname + canonical.hash).toBe(`${new URL(site).pathname}papers/${slug}/#${anchor}`);
  }
});

test('oEmbed answers are valid, and pages name them', () => {
  const pages = [...ids.map((id) => `embed/${id}/`), ...new Set(widgets.map(({ path }) => path))].filter(
    (path) => path !== '',
  );
  const base = new URL(site).pathname;
  for (const path of pages) {
    const { document } = parseHTML(readFileSync(`dist/${path}index.html`, 'utf8'));
    const named = document.querySelector('link[rel=alternate][type="application/json+oembed"]');
    const address = new URL(named?.getAttribute('href') ?? '');
    expect(address.pathname).toBe(`${base}${path}oembed.json`);
    expect(named?.getAttribute('title')).toBeTruthy();
    const answer = JSON.parse(readFileSync(`dist/${path}oembed.json`, 'utf8'));
    expect(answer).toMatchObject({ version: '1.0', type: 'rich' });
    for (const size of ['width', 'height']) expect(Number.isInteger(answer[size]) && answer[size] > 0).toBe(true);
    const { document: inside } = parseHTML(`<html><body>${answer.html}</body></html>`);
    const frame = inside.querySelector('iframe');
    expect(inside.body.children).toHaveLength(1);
    expect(frame?.getAttribute('sandbox')).toBe('allow-scripts');
    expect(frame?.getAttribute('title')).toBeTruthy();
    const src = new URL(frame?.getAttribute('src') ?? '');
    expect(src.origin).toBe(address.origin);
    expect(existsSync(`dist/${src.pathname.slice(base.length)}index.html`), src.href).toBe(true);
  }
});
