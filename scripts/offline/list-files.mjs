/** After the build: writes the service worker, and the list of the site's files that it keeps and checks. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SiteFiles } from '../site-files.mjs';

const dist = 'dist';
const template = readFileSync(join(import.meta.dirname, 'service-worker.js'), 'utf8');
/** For hosts, search engines and pages on other sites, or never asked for; the search's own user interfaces are not ours. */
const NOT_OURS =
  /^(sw\.js|sitemap.*|_headers|_redirects|\.nojekyll|offline\/files\..*|embed\/.*|_classic\/.*|.*\.(gz|br)|pagefind\/pagefind-(\w+-)?(ui|highlight)\..*)$/;
/** A folder of data that is larger waits until a widget asks for it. */
const LARGE = 256_000;

const hashOf = (content) => createHash('sha256').update(content).digest('hex');

const site = new SiteFiles(dist);
const paths = [...site.paths].filter((path) => !NOT_OURS.test(path));
const entryOf = (path) => [hashOf(site.bytes(path)).slice(0, 16), site.size(path)];
const files = Object.fromEntries(paths.map((path) => [path, entryOf(path)]));
const version = hashOf(JSON.stringify(files) + template).slice(0, 12);

// Each page says in its first tag of which version it is.
for (const path of paths.filter((path) => path.endsWith('.html'))) {
  const html = site.text(path).replace(/<html(?: data-build="\w+")?/, `<html data-build="${version}"`);
  writeFileSync(join(dist, path), html);
  files[path] = entryOf(path);
}

/** Less the folders of data that are large. */
function keptWith(page) {
  const needed = [...site.neededBy(page)].filter((path) => files[path]);
  const folderOf = (path) => /^data\/[^/]+\//.exec(path)?.[0];
  const size = (folder) =>
    needed.filter((path) => folderOf(path) === folder).reduce((sum, path) => sum + files[path][1], 0);
  return needed.filter((path) => !folderOf(path) || size(folderOf(path)) <= LARGE);
}

// A page of code alone needs no more than the pages around it.
const own = paths.filter((path) => path.endsWith('.html') && !path.includes('/source/'));
const pages = Object.fromEntries(own.map((page) => [page, keptWith(page)]));
const list = { files, shell: keptWith('no-network/index.html'), pages };
mkdirSync(join(dist, 'offline'), { recursive: true });
writeFileSync(join(dist, `offline/files.${version}.json`), JSON.stringify(list));
writeFileSync(join(dist, 'sw.js'), template.replace('@version@', version));
