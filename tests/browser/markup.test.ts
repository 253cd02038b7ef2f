/** What assistive technology goes by in the built pages: titles, headings, tables, pictures, formulas. */
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { paths } from './site';

const pages = paths.map((path) => {
  const file = `dist/${path.endsWith('.html') ? path : `${path}index.html`}`;
  return { path, document: parseHTML(readFileSync(file, 'utf8')).document };
});

test('every page has a title of its own', () => {
  const titles = pages.map(({ document }) => document.title);
  expect(new Set(titles).size).toBe(titles.length);
});

describe.each(pages)('/$path', ({ document }) => {
  const all = (selector: string) => [...document.querySelectorAll(selector)];

  test('says its language, and has one of each landmark', () => {
    expect(document.documentElement.getAttribute('lang')).toBe('en');
    for (const landmark of ['main', 'body > header', 'body > footer']) expect(all(landmark), landmark).toHaveLength(1);
  });

  test('has one h1, and no heading skips a level', () => {
    const levels = all('h1, h2, h3, h4, h5, h6').map((heading) => Number(heading.localName[1]));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    for (const [i, level] of levels.entries())
      expect(level, `heading ${i + 1}`).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
  });

  test('has tables with captions, and headers that say what they head', () => {
    for (const table of all('table')) {
      const named = table.querySelector('caption') ?? table.closest('[aria-label]');
      expect(named, table.outerHTML.slice(0, 120)).not.toBeNull();
      const headers = [...table.querySelectorAll('th')];
      expect(headers.length).toBeGreaterThan(0);
      for (const header of headers) expect(header.getAttribute('scope') ?? '').toMatch(/\S/);
    }
  });

  test('has a text for every picture, and a formula that can be read for every one that is drawn', () => {
    for (const picture of all('img'))
      expect(picture.closest('[aria-hidden=true]') ?? picture.getAttribute('alt')).toBeTruthy();
    for (const drawing of all('svg')) {
      const told =
        drawing.getAttribute('aria-label') ?? drawing.getAttribute('aria-labelledby') ?? drawing.querySelector('title');
      expect(drawing.closest('[aria-hidden=true]') ?? told, drawing.outerHTML.slice(0, 120)).toBeTruthy();
    }
    for (const formula of all('.katex')) expect(formula.querySelector('math')).not.toBeNull();
  });
});
