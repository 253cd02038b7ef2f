import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderChart } from '#charts/static';
import { papersByTheme, reference } from '#lab/bibliography';
import { type AnyExperiment, anchorOf, type Chart } from '#lab/experiment';
import type { Schema } from '#lab/params';
import { allExperiments, experimentsOf, slugs } from '#lab/registry';
import { recordedRun, resultsOf } from '#lab/results';
import themes from '../../content/themes.json';

const PAPERS = 29;
const MEGABYTE = 2 ** 20;

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);

const folders = readdirSync('content/papers', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  // A paper's training may stand before its page and experiments do.
  .filter(({ name }) => ['index.mdx', 'experiments.ts'].some((file) => existsSync(`content/papers/${name}/${file}`)))
  .map((entry) => entry.name);

/** The attributes of every `<name … />` in an MDX page, comments left out. */
function elements(text: string, name: string): Record<string, string>[] {
  const tags = text.replace(/\{\/\*.*?\*\/\}/gs, '').match(new RegExp(`<${name}\\s[^>]*>`, 'g')) ?? [];
  return tags.map((tag) =>
    Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])),
  );
}

/** What `\on{widget.name}` may mean beside a parameter: the mark classes in the charts of an experiment, as drawn. */
async function marksOf(experiment: AnyExperiment): Promise<Set<string>> {
  const { frame } = await recordedRun(experiment.id);
  const drawn = (Object.values(experiment.charts) as Chart<unknown>[]).map((chart) =>
    renderChart(chart.plot([{ label: 'recorded', frame }], { width: 400 }), 'x'),
  );
  return new Set(drawn.flatMap((html) => [...html.matchAll(/\bmark-([\w-]+)/g)].map(([, mark]) => mark as string)));
}

test('every paper of the site has a folder, and every folder is a paper', () => {
  expect(folders.length).toBeGreaterThan(0);
  expect(slugs()).toEqual(folders.toSorted());
});

describe.each(folders)('%s', async (slug) => {
  const home = `content/papers/${slug}`;
  const page = existsSync(`${home}/index.mdx`) ? readFileSync(`${home}/index.mdx`, 'utf8') : '';
  const experiments = await experimentsOf(slug);
  const all = await allExperiments();
  const named = (id: string | undefined) => {
    const found = all.find((experiment) => experiment.id === id);
    if (!found) throw new Error(`There is no experiment "${id}".`);
    return found;
  };

  test('has a page, experiments, recorded results, an entry in the bibliography and tests', () => {
    for (const file of ['index.mdx', 'experiments.ts', 'results.json'])
      expect(existsSync(`${home}/${file}`), file).toBe(true);
    expect(reference(slug).key).toBe(slug);
    const tests = readdirSync('tests/papers').filter((name) => new RegExp(`^${slug}\\b.*\\.test\\.ts$`).test(name));
    // Its own identities beside the drift test, which every paper has.
    expect(tests).toContain(`${slug}-recorded.claims.test.ts`);
    expect(tests.length).toBeGreaterThan(1);
  });

  test('shows every experiment, once, and each is there', () => {
    const shown = elements(page, 'Experiment').map(({ id }) => named(id).id);
    expect(shown.toSorted()).toEqual(experiments.map(({ id }) => id).toSorted());
  });

  test('shows the source of files that are there, and regions of them', () => {
    const sources = elements(page, 'Experiment').flatMap(({ source }) =>
      source ? [{ file: source, region: undefined }] : [],
    );
    for (const { file, region } of [...sources, ...elements(page, 'Source')]) {
      const text = readFileSync(`content/papers/${file}`, 'utf8');
      if (region) expect(text).toContain(`// #region ${region}\n`);
    }
  });

  test('shows the claims of every experiment that makes any, once', () => {
    const shown = elements(page, 'Claims').map(({ of }) => named(of).id);
    const claiming = experiments.filter(({ claims }) => claims.length > 0).map(({ id }) => id);
    expect(shown.toSorted()).toEqual(claiming.toSorted());
  });

  test('binds numbers in its prose to parameters that are numbers', () => {
    for (const { of, param } of elements(page, 'Scrub')) {
      expect(['integer', 'real'], `${of} ${param}`).toContain((named(of).params as Schema)[param as string]?.kind);
    }
  });

  test('takes figures from its recorded results only where they are', async () => {
    for (const { of, figure, claim } of elements(page, 'Result')) {
      const experiment = named(of);
      const results = await resultsOf(slug);
      if (claim) {
        expect(experiment.claims.map(({ id }: { id: string }) => id)).toContain(claim);
        expect(results.claims[claim]?.measured.length).toBeGreaterThan(0);
      } else {
        const run = results.experiments[anchorOf(experiment.id)];
        expect(Number.isFinite(figure === 'seconds' ? run?.seconds : run?.summary[figure as string]), figure).toBe(
          true,
        );
      }
    }
  });

  test('links symbols to parameters of its widgets, or to marks in their charts', async () => {
    for (const [, link] of page.matchAll(/\\on\{([^}]*)\}/g)) {
      const [widget, name, ...rest] = (link as string).split('.');
      const experiment = named(`${slug}/${widget}`);
      expect(rest).toEqual([]);
      const known = [...Object.keys(experiment.params), ...(await marksOf(experiment))];
      expect(known, link).toContain(name);
    }
  });

  test('cites only what is in the bibliography, the paper itself among it', () => {
    const prose = page.replace(/^---.*?^---/ms, '').replace(/`[^`]*`/g, '');
    const cited = [...prose.matchAll(/\[[^\]\n]*@[^\]]*\]/g)].flatMap(([group]) =>
      [...group.matchAll(/@([\w:.-]*\w)/g)].map(([, key]) => key as string),
    );
    expect(cited).toContain(slug);
    for (const key of cited) expect(() => reference(key), key).not.toThrow();
  });

  test('has headings, exercises and figures whose anchors do not collide', () => {
    const ids = ['Exercise', 'Figure', 'Experiment'].flatMap((name) => elements(page, name).map(({ id }) => id));
    const own = [...experiments.map(({ id }) => anchorOf(id)), ...ids.filter((id) => !id?.includes('/'))];
    expect(new Set(own).size).toBe(own.length);
  });
});

describe('the bibliography', () => {
  const papers = papersByTheme().flatMap((theme) => theme.papers);

  test(`has the ${PAPERS} papers, each in one theme`, () => {
    expect(papers).toHaveLength(PAPERS);
    expect(new Set(papers.map(({ key }) => key)).size).toBe(PAPERS);
    const entries = readFileSync('content/bibliography.bib', 'utf8').match(/^\s*keywords\s*=\s*\{([^}]*)\}/gm) ?? [];
    // An entry with a theme that is not in themes.json would be left out above without a word.
    expect(entries).toHaveLength(PAPERS);
    for (const { name } of themes)
      expect(papersByTheme().find((t) => t.name === name)?.papers.length).toBeGreaterThan(0);
  });

  test.each(papers)('$key has a title, authors, a year, an address and a summary of one sentence', (paper) => {
    expect(paper.title).toMatch(/\S/);
    expect(paper.authors.length).toBeGreaterThan(0);
    expect(paper.year).toBeGreaterThan(1950);
    expect(paper.url).toMatch(/^https:\/\//);
    expect(paper.summary).toMatch(/^\S.{20,}\.$/);
    expect([paper.title, ...paper.authors, paper.summary].join(' ')).not.toMatch(/[{}\\]/);
  });
});

describe('files', () => {
  test('of public/ are small: 1 MB each, 40 MB together', () => {
    const sizes = files('public').map((file) => ({ file, size: statSync(file).size }));
    expect(sizes.filter(({ size }) => size > MEGABYTE)).toEqual([]);
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(40 * MEGABYTE);
  });

  const sources = ['src', 'content', 'components'].flatMap(files).filter((file) => /\.(ts|svelte|astro)$/.test(file));

  test('of source have at most 300 lines', () => {
    const lines = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length;
    expect(sources.filter((file) => lines(file) > 300)).toEqual([]);
  });

  test('of source take no chance but from the seed, and no time but from the runtime', () => {
    const forbidden = /\b(Math\.random|Date\.now)\s*\(|new Date\(\)/;
    const checked = sources.filter((file) => !file.startsWith('components/'));
    // Commands that record or train say on which day; nothing that computes may ask.
    const dated = (file: string) => ['src/lab/cli/record.ts', 'src/lab/cli/train.ts'].includes(file);
    expect(checked.filter((file) => !dated(file) && forbidden.test(readFileSync(file, 'utf8')))).toEqual([]);
    expect(readFileSync('src/lab/cli/record.ts', 'utf8')).not.toMatch(/\b(Math\.random|Date\.now)\s*\(/);
  });
});
