/** The course page as it was built: its graph and its list say what the front of the papers says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { papersByTheme } from '#lab/bibliography';

const { document } = parseHTML(readFileSync('dist/course/index.html', 'utf8'));
const papers = papersByTheme().flatMap(({ papers }) => papers);
const text = (element: Element | null | undefined) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** A list in the front of a paper's page. */
function listed(slug: string, name: string): string[] {
  const front = readFileSync(`content/papers/${slug}/index.mdx`, 'utf8').split('---')[1] ?? '';
  const list = new RegExp(`^${name}:\\n((?: {2}- .*\\n)*)`, 'm').exec(front)?.[1] ?? '';
  return [...list.matchAll(/- (.*)/g)].map(([, entry]) => entry as string);
}
const written = readdirSync('content/papers').filter((slug) => existsSync(`content/papers/${slug}/index.mdx`));
const slugIn = (link: Element) => /\/papers\/([^/]+)\/$/.exec(link.getAttribute('href') ?? '')?.[1];

test('the graph has a box for each paper, topic and theme, and a curve for each need', () => {
  const topics = new Set(written.flatMap((slug) => listed(slug, 'prerequisites')));
  expect(document.querySelectorAll('svg g.topic')).toHaveLength(topics.size);
  expect([...document.querySelectorAll('svg g.topic')].map(text).toSorted()).toEqual([...topics].toSorted());
  expect(document.querySelectorAll('svg g.theme')).toHaveLength(papersByTheme().length);
  expect(document.querySelectorAll('svg g.paper.planned')).toHaveLength(papers.length - written.length);
  const needs = written.flatMap((slug) => [...listed(slug, 'prerequisites'), ...listed(slug, 'requires')]);
  expect(document.querySelectorAll('svg g[aria-hidden] > path')).toHaveLength(needs.length + papers.length);
});

test('the written papers, and no others, are links in reading order', () => {
  const order = papers.map(({ key }) => key).filter((key) => written.includes(key));
  expect([...document.querySelectorAll('svg a')].map(slugIn)).toEqual(order);
  expect([...document.querySelectorAll('.needs > li > a')].map(slugIn)).toEqual(order);
});

test('the list says in words all that the graph shows', () => {
  expect(document.querySelectorAll('.needs > li')).toHaveLength(papers.length);
  for (const link of document.querySelectorAll('.needs > li > a')) {
    const slug = slugIn(link) as string;
    const said = [...(link.parentElement?.querySelectorAll('ul > li') ?? [])].map(text);
    const wanted = [...listed(slug, 'requires'), ...listed(slug, 'prerequisites')];
    expect(said).toHaveLength(wanted.length);
    for (const need of listed(slug, 'prerequisites')) expect(said).toContain(`needs: ${need}`);
  }
  const planned = [...document.querySelectorAll('.needs > li.planned')].map(text);
  for (const { key, title } of papers)
    if (!written.includes(key)) expect(planned).toContain(`${title} (not written yet)`);
});

test('there are five paths of four to six pages, whose unwritten pages are no links', () => {
  const paths = [...document.querySelectorAll('.path')];
  expect(paths).toHaveLength(5);
  for (const path of paths) {
    const steps = [...path.querySelectorAll('ol > li')];
    expect(steps.length).toBeGreaterThanOrEqual(4);
    expect(steps.length).toBeLessThanOrEqual(6);
    expect(text(path.querySelector('p'))).toMatch(/(\d+ minutes|\d+ h \d+ min) to read/);
    for (const step of steps) expect(step.querySelector('a') === null).toBe(text(step).endsWith('(not written yet)'));
  }
});
