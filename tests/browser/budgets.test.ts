/** How much a page may weigh: what Chromium fetches of the built pages, compressed as a host would, by kind. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { live, paths, site, widgets, withBrowser } from './site';

/** In kB (1000 bytes), gzip. */
const BUDGETS = {
  'page (HTML, styles and scripts, before a widget is near)': 100,
  fonts: 120,
  'charts that the build drew': 40,
  'panel of a widget that comes near': 35,
  'worker without its wasm': 350,
};
type Weights = Record<keyof typeof BUDGETS, number>;

const open = withBrowser();

const fileOf = (url: string) => {
  const path = decodeURIComponent(new URL(url).pathname).slice(new URL(site).pathname.length);
  return `dist/${path === '' || path.endsWith('/') ? `${path}index.html` : path}`;
};

/** Fonts are compressed as they are. */
function weigh(files: Iterable<string>): number {
  const sizes = [...files].map((file) => {
    const content = readFileSync(file);
    return file.endsWith('.woff2') ? content.length : gzipSync(content, { level: 9 }).length;
  });
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

const text = (file: string) => /\.(html|css|js)$/.test(file);
const font = (file: string) => file.endsWith('.woff2');

async function weightsOf(path: string): Promise<Weights> {
  const page = await open('404.html');
  // A reader who counts bytes: the engine of a widget waits for the first sign of interest.
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  const fetched = new Set<string>();
  page.on('request', (request) => {
    if (request.url().startsWith(site)) fetched.add(fileOf(request.url()));
  });

  await page.goto(site + path, { waitUntil: 'networkidle' });
  const early = [...fetched];
  const { document } = parseHTML(readFileSync(fileOf(site + path), 'utf8'));
  const charts = [...document.querySelectorAll('.plot')].map((plot) => plot.outerHTML).join('');

  const [widget] = widgets.filter((widget) => widget.path === path && widget.runs);
  const section = page.locator(`#${widget?.anchor}`);
  await section.locator('.side').scrollIntoViewIfNeeded();
  await page.locator(`#${widget?.anchor}[data-ready]`).waitFor();
  await page.waitForLoadState('networkidle');
  const near = [...fetched].filter((file) => !early.includes(file));
  await section.locator('.panel button:not([disabled]):visible').first().focus();
  await live(section);
  const [worker] = page.workers();
  const inside = await worker?.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const computing = [worker?.url() ?? site, ...(inside ?? [])].map(fileOf);

  return {
    'page (HTML, styles and scripts, before a widget is near)': weigh(early.filter(text)),
    fonts: weigh([...early, ...near].filter(font)),
    'charts that the build drew': gzipSync(charts, { level: 9 }).length / 1000,
    'panel of a widget that comes near': weigh(near.filter(text)),
    'worker without its wasm': weigh(new Set(computing.filter(text))),
  };
}

test.for(paths.filter((path) => path.startsWith('papers/')))('/%s keeps within its budgets', async (path) => {
  const weights = await weightsOf(path);
  if (process.env.SIZES) console.table(weights);
  for (const [name, kB] of Object.entries(weights)) expect.soft(kB, `${name} was found`).toBeGreaterThan(0);
  const over = (Object.keys(BUDGETS) as (keyof Weights)[])
    .filter((name) => weights[name] > BUDGETS[name])
    .map((name) => `${name}: ${weights[name].toFixed(1)} kB, ${(weights[name] - BUDGETS[name]).toFixed(1)} over`);
  expect(over).toEqual([]);
});
