/**
 * What `npm start` and `npm test` share on a fresh machine: install what is missing, find Node and a browser. Plain
 * JavaScript without packages, since it runs on the machine's own Node (20 or later) before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
const stamps = join(root, 'node_modules', '.cache', 'stamps');

// The project's own Node comes first, for this process's children too.
Object.assign(process.env, {
  PATH: `${bin}:${process.env.PATH}`,
  ASTRO_TELEMETRY_DISABLED: '1',
  ASTRO_DEV_BACKGROUND: '0',
  ASTRO_PREVIEW_BACKGROUND: '0',
});

const digest = (text) => createHash('sha256').update(text).digest('hex');

/** Does `work` unless it was done for the same `content` before. */
async function once(name, content, work) {
  const stamp = join(stamps, name);
  const wanted = digest(content);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

/** Runs a command in the project's root; rejects with its name when it fails. `quiet` shows its output only then. */
export function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: quiet ? 'pipe' : 'inherit',
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', fail);
    child.on('exit', (code) => {
      if (code === 0) return done();
      if (quiet) process.stderr.write(output);
      fail(new Error(`${command} ${args.join(' ')} failed (${code}).`));
    });
  });
}

/** Installs the packages of package-lock.json, if that has not been done yet. */
export async function install() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  await once('packages', lock, async () => {
    console.log('Installing packages …');
    await run('npm', ['ci', '--no-audit', '--no-fund'], { quiet: true });
  });
  const { status, stdout } = spawnSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' });
  const major = Number(stdout?.match(/^v(\d+)/)?.[1]);
  if (status !== 0 || major < 22) {
    throw new Error(
      `The package "node" should have brought Node 22 or later, but node_modules/.bin/node says ${stdout || 'nothing'}. Its install script may have been blocked; see "allowScripts" in package.json.`,
    );
  }
  // Silences a warning about a module inside the packages that render Markdown; an older Node has no such option.
  process.env.NODE_OPTIONS = '--disable-warning=DEP0040';
}

/** Paths, sizes and times of everything that goes into a build. */
function inputs() {
  const files = ['package-lock.json', 'astro.config.mjs', 'svelte.config.js', 'tsconfig.json'];
  const list = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) list(path);
      else files.push(path);
    }
  };
  for (const folder of ['src', 'content', 'components', 'public', 'scripts']) list(folder);
  const describe = (path) => {
    const { size, mtimeMs } = statSync(join(root, path));
    return `${path} ${size} ${mtimeMs}`;
  };
  // Pages name the commit.
  const { stdout: commit } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return [...files.sort().map(describe), commit, process.env.SITE_URL, process.env.BASE_PATH].join('\n');
}

/** Builds the site into dist/, unless it is there and nothing changed since the last build. */
export async function build() {
  if (!existsSync(join(root, 'dist', 'index.html'))) rmSync(join(stamps, 'build'), { force: true });
  await once('build', inputs(), async () => {
    console.log('Building the site …');
    await run('npm', ['run', '--silent', 'build'], { quiet: true });
  });
}

/** The shell without the browser's own windows starts and opens pages in two thirds of the time. */
const usualBrowsers = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a Chrome or Chromium: CHROME_PATH, a usual place, or Debian's package, installed if that is possible. */
export async function browser() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROME_PATH is ${given}, but there is no such file.`);
  }
  const found = () => usualBrowsers.find((path) => existsSync(path));
  if (found()) return found();
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('Installing Chromium for the browser tests …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { quiet: true, env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell'], {
      quiet: true,
      env,
    });
    if (found()) return found();
  }
  throw new Error('The browser tests need Chrome or Chromium. Install one, or set CHROME_PATH to its program file.');
}

const NGINX = ['/usr/sbin/nginx', '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so'];

/** Installs Debian's nginx for the test of `deploy/nginx.conf`, where that is possible; elsewhere that test is skipped. */
export async function nginx() {
  const found = () => NGINX.every((path) => existsSync(path));
  if (found()) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.log('Debian’s nginx and its brotli module are not here: the tests of deploy/nginx.conf are skipped.');
    return;
  }
  console.log('Installing nginx for the tests of deploy/nginx.conf …');
  // The second keeps the package from starting a server on port 80.
  const env = { DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_OFFLINE: '1' };
  const packages = ['nginx', 'libnginx-mod-http-brotli-static'];
  await run('apt-get', ['update', '-qq'], { quiet: true, env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { quiet: true, env });
  if (!found()) throw new Error(`The packages ${packages.join(' and ')} did not bring ${NGINX.join(' and ')}.`);
}

/** Says what went wrong in one line, and ends. */
export function fail(error) {
  console.error(`\n${error.message}`);
  process.exit(1);
}
