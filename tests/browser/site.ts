/** What the browser tests share: the built pages and their widgets, a browser, and the handles of a widget. */
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';

/** Address of the home page; ends in a slash. */
export const site = inject('site');

/** How long the tests wait for something that has to happen; two cores may be shared with others. */
export const soon = { timeout: 20_000, interval: 50 };

/** Every page of the sitemap and the page for wrong addresses, relative to the home page. */
export const paths: string[] = [
  ...[...readFileSync('dist/sitemap-0.xml', 'utf8').matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc]) =>
    new URL(loc as string).pathname.slice(new URL(site).pathname.length),
  ),
  '404.html',
];

export interface WidgetPlace {
  path: string;
  /** `slug/name`. */
  id: string;
  anchor: string;
  /** Has a run bar; a calculator has none. */
  runs: boolean;
}

/** Every widget of every page. */
export const widgets: WidgetPlace[] = paths.flatMap((path) => {
  const { document } = parseHTML(readFileSync(`dist/${path.endsWith('.html') ? path : `${path}index.html`}`, 'utf8'));
  return [...document.querySelectorAll('section[data-experiment]')].map((section) => ({
    path,
    id: section.getAttribute('data-experiment') as string,
    anchor: section.id,
    runs: section.querySelector('progress') !== null,
  }));
});

/** What a content security policy refused, in the browser's words, in any page of the running test. Not one refusal may be left. */
export const refusals: string[] = [];

/** As a reader who wants nothing kept; a frame without an origin has no storage. */
function declineOffline(): void {
  try {
    localStorage.setItem('offline', 'off');
  } catch {}
}

/** A browser for one test file; what it returns opens a page in a context of its own. */
export function withBrowser(): (path: string, options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-gpu',
      ],
    });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(refusals.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());
  return async (path, options) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    contexts.push(context);
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refusals.push(message.text());
    });
    // A service worker would fetch what its page needs anew for every test; `offline.test.ts` is about it.
    if (options?.serviceWorkers !== 'allow') await context.addInitScript(declineOffline);
    const page = await context.newPage();
    await page.goto(site + path);
    return page;
  };
}

/** The widget with its engine awake, at its initial state. */
export async function awake(page: Page, anchor: string): Promise<Locator> {
  const section = page.locator(`#${anchor}`);
  await section.locator('.side').scrollIntoViewIfNeeded();
  await page.locator(`#${anchor}[data-ready]`).waitFor();
  await section.locator('.panel button:not([disabled]):visible').first().focus();
  await live(section);
  await slowDown(section);
  return section;
}

/** A run of fewer steps than this is over within a second: before a test can pause it. */
const SHORT = 200;

/** Gives a short run a pace at which a test can follow it. */
async function slowDown(section: Locator): Promise<void> {
  const progress = section.locator('progress');
  if ((await progress.count()) === 0 || Number(await progress.getAttribute('max')) > SHORT) return;
  await section.locator('.more select').selectOption('20 steps a second', { force: true });
}

/** Waits until the running page drew every chart over what the build had drawn. */
export const live = (section: Locator) =>
  expect.poll(() => section.locator('.plot:not([data-live])').count(), soon).toBe(0);

export const button = (section: Locator, name: string) => section.getByRole('button', { name, exact: true });

/** The step that the run bar tells. */
export async function stepOf(section: Locator): Promise<number> {
  const text = await section.locator('.run-bar .state').textContent();
  return Number(/Step (\d+) of/.exec(text ?? '')?.[1] ?? Number.NaN);
}

export const beyond = (section: Locator, step: number) =>
  expect.poll(() => stepOf(section), soon).toBeGreaterThanOrEqual(step);

/** Pauses, and waits for the last frame. */
export async function pause(section: Locator): Promise<void> {
  await button(section, 'Pause').click();
  await paused(section);
}

export const paused = (section: Locator) => button(section, 'Pause').waitFor({ state: 'detached' });

/** The charts as HTML, less the names that Plot makes up, and less the charts of wall time. */
export async function chartsOf(section: Locator): Promise<string[]> {
  const plots = await section.locator('figure.chart').evaluateAll((figures) =>
    figures
      .filter((figure) => ![...figure.querySelectorAll('th')].some((th) => th.textContent?.startsWith('seconds')))
      .map((figure) => {
        const plot = figure.querySelector('.plot')?.cloneNode(true) as Element | undefined;
        // A chart that was changed in place has its attributes in the order of the changes, which nobody sees.
        for (const element of plot?.querySelectorAll('*') ?? []) {
          // A style that is put back is refused by the policy of the page; left alone, it comes to stand first.
          const attributes = [...element.attributes]
            .filter(({ name }) => name !== 'style')
            .sort((a, b) => (a.name < b.name ? -1 : 1));
          for (const attribute of attributes) element.setAttributeNode(element.removeAttributeNode(attribute));
        }
        return plot?.innerHTML ?? '';
      }),
  );
  return plots.map((html) => {
    const names = new Map<string, number>();
    return html.replace(/plot-(clip-|ramp-)?[a-z0-9]+(-\d+)?/g, (name) => {
      if (!names.has(name)) names.set(name, names.size);
      return `plot#${names.get(name)}`;
    });
  });
}

/** What every control of the widget says. */
export const controlsOf = (section: Locator) =>
  section.locator('[data-param]').evaluateAll((controls) =>
    controls.map((control) => [
      control.getAttribute('data-param'),
      ...[...control.querySelectorAll('input:not([type=file]), textarea.text, .listed + select')].map((input) => {
        const { type, checked, value } = input as HTMLInputElement;
        return type === 'radio' || type === 'checkbox' ? `${value} ${checked}` : value;
      }),
      ...[...control.querySelectorAll('[role=slider]')].map((slider) => slider.getAttribute('aria-valuenow')),
    ]),
  );

/** Tabs on from where the focus is until `target` has it. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (await hasFocus(target)) return;
  }
  expect.fail(`${target} was not reached by ${most} Tabs`);
}

export const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** What the widget tells the reader. */
export const noticesOf = (section: Locator) => section.locator('.notices p').allTextContents();
