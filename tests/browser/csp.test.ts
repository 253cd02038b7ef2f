/** The content security policy: it stands in every page, allows what the page needs, and refuses the rest. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { awake, beyond, button, pause, refusals, site, soon, withBrowser } from './site';

type Element = DefaultTreeAdapterTypes.Element;

const open = withBrowser();

/** The widget that these tests play with. */
const path = 'papers/fresh/';
const anchor = 'spectral-bias';

const pages = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));

const attribute = (element: Element, name: string) => element.attrs.find((attribute) => attribute.name === name)?.value;

function elementsOf(file: string): Element[] {
  const found: Element[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node) => {
    if ('attrs' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
    if ('content' in node) walk(node.content);
  };
  // Without scripts, so that what stands in a <noscript> is seen too.
  walk(parse(readFileSync(`dist/${file}`, 'utf8'), { scriptingEnabled: false }));
  return found;
}

const textOf = (element: Element) => element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');

/** The directives of a page's one policy. */
function policyOf(elements: readonly Element[]): Map<string, string[]> {
  const metas = elements.filter((element) => attribute(element, 'http-equiv') === 'Content-Security-Policy');
  expect(metas.length).toBe(1);
  const directives = attribute(metas[0] as Element, 'content')?.split(';') ?? [];
  return new Map(
    directives.map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

const hashesOf = (texts: readonly string[]) =>
  [...new Set(texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`))].toSorted();

/** Data, such as `application/ld+json`, is not run, so that no policy asks about it. */
const runs = (script: Element) =>
  !/json$/.test(attribute(script, 'type') ?? '') || attribute(script, 'type') === 'importmap';

describe.each(pages)('dist/%s', (file) => {
  const elements = elementsOf(file);
  const named = (name: string) => elements.filter(({ tagName }) => tagName === name);

  test('has a policy before all that it governs, without unsafe-inline and unsafe-eval', () => {
    const policy = policyOf(elements);
    expect([...policy.values()].flat().filter((source) => source.startsWith("'unsafe"))).toEqual([]);
    expect(policy.get('default-src')).toEqual(["'self'"]);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    const before = elements.slice(
      0,
      elements.findIndex((element) => attribute(element, 'http-equiv')),
    );
    expect(before.map(({ tagName }) => tagName)).toEqual(['html', 'head', 'meta']);
  });

  test('names the hashes of its own scripts and styles, and no other', () => {
    const policy = policyOf(elements);
    const inline = {
      'script-src': named('script').filter((script) => attribute(script, 'src') === undefined && runs(script)),
      'style-src': named('style'),
    };
    for (const [directive, of] of Object.entries(inline)) {
      const sources = policy.get(directive) ?? [];
      const allowed = sources.filter((source) => source.startsWith("'sha256-")).toSorted();
      expect(allowed, directive).toEqual(hashesOf(of.map(textOf)));
    }
  });

  test('has no style attribute, no handler in an attribute and no script as an address', () => {
    const attributes = elements.flatMap(({ tagName, attrs }) =>
      attrs.map(({ name, value }) => ({ text: `<${tagName} ${name}="${value.slice(0, 80)}">`, name, value })),
    );
    const refused = attributes.filter(
      ({ name, value }) =>
        name === 'style' ||
        name.startsWith('on') ||
        /^\s*javascript:/i.test(value) ||
        // What a widget gets as HTML, such as the symbols of its parameters.
        (name === 'props' && value.includes('style=')),
    );
    expect(refused.map(({ text }) => text)).toEqual([]);
  });
});

/** Violations of the pages to come, as the browser reports them to the page itself. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  return () => page.evaluate(() => (window as unknown as { violations: string[] }).violations);
}

test('a reader who runs, searches, opens code, saves pictures and turns the light off meets no violation', async () => {
  const page = await open('404.html');
  const violations = await watch(page);
  await page.goto(site + path);
  const section = await awake(page, anchor);
  await button(section, 'Run').click();
  await beyond(section, 20);
  await pause(section);

  const drawer = section.locator('details.source');
  await drawer.locator('summary').click();
  await expect.poll(() => drawer.locator('pre').textContent(), soon).toContain('export const');
  await section.getByText('Export and settings').click();
  for (const name of ['Charts (SVG)', 'Charts (PNG)', 'Weights (.npz)']) {
    const [download] = await Promise.all([page.waitForEvent('download'), button(section, name).click()]);
    expect(await download.failure()).toBeNull();
  }
  await page.locator('a[href^="#bib-"]').first().hover();
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  await page.keyboard.press('/');
  await page.getByLabel('Search the papers').fill('spectral');
  await page.locator('#search-results a').first().waitFor({ timeout: soon.timeout });
  expect(await violations()).toEqual([]);
});

test('the colours of a listing are those of its own page, where it comes into another', async () => {
  const page = await open(path, { colorScheme: 'light' });
  const drawer = page.locator(`#${anchor} details.source`);
  const colours = (listing: Locator) =>
    listing.locator('pre span').evaluateAll((words) => words.map((word) => getComputedStyle(word).color));
  await drawer.locator('summary').click();
  await drawer.locator('pre').waitFor({ timeout: soon.timeout });
  const here = await colours(drawer);
  const address = await drawer.getByRole('link').getAttribute('href');
  await page.goto(new URL(address ?? '', site).href);
  expect(await colours(page.locator('.expressive-code'))).toEqual(here);
  expect(new Set(here).size).toBeGreaterThan(4);
});

test('formulas keep the heights and shifts that KaTeX gives them', async () => {
  const page = await open(path);
  const struts = page.locator('.katex-strut');
  const heights = await struts.evaluateAll((all) =>
    all.map((strut) => strut.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(strut).fontSize)),
  );
  expect(heights.length).toBeGreaterThan(20);
  expect(heights.filter((em) => em < 0.4)).toEqual([]);
});

const attacks: Record<string, { refusedBy: string; attack: () => unknown }> = {
  'a script in the page': {
    refusedBy: 'script-src-elem',
    attack: () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
    },
  },
  'a handler in an attribute': {
    refusedBy: 'script-src-attr',
    attack: () => {
      document.body.setAttribute('onclick', 'window.ran = true');
      document.body.click();
    },
  },
  'text as code': {
    refusedBy: 'script-src',
    attack: () => {
      // From a timer: what a test evaluates itself stands outside the policy.
      setTimeout('window.ran = true');
    },
  },
  'a script of another site': {
    refusedBy: 'script-src-elem',
    attack: () => {
      const script = document.createElement('script');
      script.src = 'https://example.org/x.js';
      document.head.append(script);
    },
  },
  'a style element': {
    refusedBy: 'style-src-elem',
    attack: () => {
      const style = document.createElement('style');
      style.textContent = 'body { outline: 1px solid red }';
      document.head.append(style);
    },
  },
  'a style attribute': {
    refusedBy: 'style-src-attr',
    attack: () => {
      document.body.setAttribute('style', 'outline: 1px solid red');
    },
  },
  'a request to another site': {
    refusedBy: 'connect-src',
    attack: () => fetch('https://example.org/').catch(() => {}),
  },
  'a form': {
    refusedBy: 'form-action',
    attack: () => {
      const form = document.createElement('form');
      form.action = 'https://example.org/';
      document.body.append(form);
      form.submit();
    },
  },
};

test.for(Object.entries(attacks))('%s is refused', async ([, { refusedBy, attack }]) => {
  const page = await open('404.html');
  const violations = await watch(page);
  await page.reload();
  await page.evaluate(attack);
  await expect.poll(violations, soon).toEqual([expect.stringMatching(`^${refusedBy} `)]);
  // The other browser tests see a violation as an error of the console.
  await expect.poll(() => refusals.length, soon).toBeGreaterThan(0);
  refusals.splice(0);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(await page.evaluate(() => getComputedStyle(document.body).outlineStyle)).toBe('none');
});
