/**
 * `npm run -s pdf -- <slug> [--answers] [--paper a4|letter] [--out file]`: an explainer of the last build as a PDF. The
 * page is opened under its real address, answered from dist/, so that every link in the PDF leads to the live site.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { chromium } from 'playwright-core';
import { browser, build, fail } from './setup.mjs';

const dist = resolve(import.meta.dirname, '..', 'dist');

class Refused extends Error {}

function read(args) {
  const command = new Command('npm run -s pdf --')
    .argument('<slug>', 'the paper')
    .option('--answers', 'with the answers of the exercises')
    .addOption(new Option('--paper <size>', 'size of the pages').choices(['a4', 'letter']).default('a4'))
    .option('--out <file>', 'the file to write (default: <slug>.pdf); one that is there is not overwritten')
    .exitOverride()
    .parse(args, { from: 'user' });
  return { slug: command.args[0], ...command.opts() };
}

/** The HTML of the paper's page. */
function pageOf(slug) {
  const folder = join(dist, 'papers');
  const slugs = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.html')));
  if (!slugs.includes(slug)) throw new Refused(`There is no paper "${slug}" in dist/. There are: ${slugs.join(', ')}.`);
  return readFileSync(join(folder, slug, 'index.html'), 'utf8');
}

/** Makes the file before the work, so that a wrong place is told at once. */
async function create(file) {
  try {
    return await open(file, 'wx');
  } catch (error) {
    const reasons = {
      EEXIST: 'is there already; nothing was written. Remove it, or name another file with --out',
      ENOENT: 'cannot be written: its folder does not exist',
      ENOTDIR: 'cannot be written: what should be its folder is a file',
      EACCES: 'cannot be written: you may not write to its folder',
      EROFS: 'cannot be written: its disk is read-only',
    };
    throw new Refused(`${file} ${reasons[error.code] ?? `cannot be written: ${error.message}`}.`);
  }
}

/** The file of dist/ behind an address, as a static host would find it. */
function fileOf(url, base) {
  const path = decodeURIComponent(url.pathname);
  if (!path.startsWith(base)) return null;
  const file = join(dist, path.slice(base.length));
  const found = existsSync(file) && statSync(file).isDirectory() ? join(file, 'index.html') : file;
  return existsSync(found) ? found : null;
}

async function print(address, base, { answers, paper }) {
  const running = await chromium.launch({ executablePath: await browser(), args: ['--no-sandbox'] });
  try {
    const page = await running.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
    await page.route('**/*', (route) => {
      const url = new URL(route.request().url());
      const path = url.origin === address.origin ? fileOf(url, base) : null;
      return path ? route.fulfill({ path }) : route.abort();
    });
    // The page's own button gets it ready; the dialog is what this command stands for.
    await page.addInitScript(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', '');
    });
    await page.goto(address.href);
    if (answers) {
      await page.locator('.exercise > details:last-child').evaluateAll((all) => {
        for (const details of all) details.open = true;
      });
    }
    await page.locator('[data-tool=print]').click();
    await page.locator('html[data-printed]').waitFor({ state: 'attached' });
    return await page.pdf({ format: paper, printBackground: true, tagged: true, outline: true });
  } finally {
    await running.close();
  }
}

try {
  const { slug, out, ...wishes } = read(process.argv.slice(2));
  if (!existsSync(join(dist, 'index.html'))) await build();
  const html = pageOf(slug);
  const address = new URL(/<link rel="canonical" href="([^"]+)"/.exec(html)[1]);
  const base = /data-base="([^"]+)"/.exec(html)[1];
  // Where the command was called, which npm changes.
  const file = resolve(process.env.INIT_CWD ?? '', out ?? `${slug}.pdf`);
  const handle = await create(file);
  try {
    await handle.writeFile(await print(address, base, wishes));
  } catch (error) {
    await rm(file);
    throw error;
  } finally {
    await handle.close();
  }
  console.log(`Wrote ${file}.`);
  if (address.hostname === 'localhost')
    console.error(
      `It says that the page lives at ${address.href}. Build with SITE_URL to have the real address in it.`,
    );
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof Refused) {
    console.error(error.message);
    process.exitCode = 2;
  } else fail(error);
}
