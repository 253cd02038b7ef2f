/**
 * `deploy/nginx.conf` as it stands, in Debian's nginx, with some files of the built site under a sub-path. What it sends is compared with
 * `dist/_headers` too, which says the same to other hosts.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { builtFiles } from './built';
import { soon } from './site';

const NGINX = '/usr/sbin/nginx';
const here = existsSync(NGINX) && existsSync('/usr/lib/nginx/modules/ngx_http_brotli_static_module.so');
const missing = ' (skipped: needs Debian’s packages nginx and libnginx-mod-http-brotli-static)';

const BASE = '/some/base';
const files = builtFiles();
/** Large enough to be compressed. */
const first = (pattern: RegExp) =>
  files.find((file) => pattern.test(file) && statSync(join('dist', file)).size > 2000) as string;
const page = 'papers/fresh/index.html';
const script = first(/^_astro\/.*\.js$/);
const sheet = first(/^_astro\/.*\.css$/);
const wasm = first(/^_astro\/.*\.wasm$/);
const font = first(/^_astro\/.*\.woff2$/);
const data = 'data/bigram-subnetworks/masks.json';

const folder = mkdtempSync(join(tmpdir(), 'perceptron-papers-nginx-'));
const www = join(folder, 'www', BASE);
let server: ChildProcess | undefined;
let output = '';
let port = 0;

const freePort = () =>
  new Promise<number>((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });

/** What a host's own configuration says around the file under test. */
const around = () => `
  daemon off; master_process off; pid ${folder}/pid; error_log stderr;
  include /etc/nginx/modules-enabled/*.conf;
  events {}
  http {
    include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
    ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
    server {
      listen 127.0.0.1:${port};
      root ${folder}/www;
      set $base ${BASE};
      include ${resolve('deploy/nginx.conf')};
    }
  }`;

/** `fetch` unpacks the body, but leaves the headers as they came. */
const get = (path: string, headers: Record<string, string> = { 'accept-encoding': 'identity' }) =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' });
const content = (file: string) => readFileSync(join('dist', file));
const address = (file: string) => `${BASE}/${file.replace(/index\.html$/, '')}`;

describe.skipIf(!here)(`deploy/nginx.conf${here ? '' : missing}`, () => {
  beforeAll(async () => {
    for (const file of ['index.html', '404.html', '_headers', page, script, sheet, wasm, font, data]) {
      mkdirSync(join(www, file, '..'), { recursive: true });
      cpSync(join('dist', file), join(www, file));
    }
    const compress = spawnSync('node', ['scripts/compress.mjs', www], { encoding: 'utf8' });
    if (compress.status !== 0) throw new Error(compress.stderr);
    port = await freePort();
    writeFileSync(join(folder, 'nginx.conf'), around());
    server = spawn(NGINX, ['-c', join(folder, 'nginx.conf')]);
    server.stderr?.on('data', (text) => {
      output += text;
    });
    await vi.waitFor(async () => {
      expect(output).toBe('');
      expect((await get(`${BASE}/`)).status).toBe(200);
    }, soon);
  });
  afterAll(() => {
    server?.kill();
    rmSync(folder, { recursive: true });
  });

  test('serves pages at the sub-path, to be asked for anew each time', async () => {
    const answer = await get(address(page));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(content(page));
    // Each encoding has a tag of its own.
    const again = await get(address(page), {
      'accept-encoding': 'identity',
      'if-none-match': answer.headers.get('etag') as string,
    });
    expect(again.status).toBe(304);
  });

  test('leads a reader who left out the slash to the page, whatever host and port she sees', async () => {
    const answer = await get(address(page).slice(0, -1));
    expect(answer.status).toBe(301);
    expect(answer.headers.get('location')).toBe(address(page));
  });

  test.for([page, script, sheet, wasm, data])('sends %s as it was compressed beforehand', async (file) => {
    for (const [encoding, ending] of Object.entries({ br: '.br', gzip: '.gz' })) {
      const answer = await get(address(file), { 'accept-encoding': encoding });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
      expect(Number(answer.headers.get('content-length'))).toBe(statSync(join(www, file + ending)).size);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(content(file));
    }
    expect((await get(address(file))).headers.get('content-encoding')).toBeNull();
    const both = await get(address(file), { 'accept-encoding': 'gzip, br' });
    expect(both.headers.get('content-encoding')).toBe('br');
  });

  test('leaves what is compressed already alone', async () => {
    const answer = await get(address(font), { 'accept-encoding': 'gzip, br' });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(existsSync(join(www, `${font}.br`))).toBe(false);
  });

  test.for([script, sheet, wasm, font])('lets browsers keep %s for a year', async (file) => {
    const answer = await get(address(file));
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('names WebAssembly, scripts and styles as browsers want them', async () => {
    const type = async (file: string) => (await get(address(file))).headers.get('content-type');
    expect(await type(wasm)).toBe('application/wasm');
    expect(await type(script)).toMatch(/^(text|application)\/javascript/);
    expect(await type(sheet)).toMatch(/^text\/css/);
  });

  test.for(['nowhere/', '_astro/nowhere.js', '_headers'])(
    'answers /%s with the page for wrong addresses',
    async (file) => {
      const answer = await get(`${BASE}/${file}`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(content('404.html'));
    },
  );

  test('sends every header that dist/_headers has for other hosts', async () => {
    const rules = readFileSync('dist/_headers', 'utf8').trim().split('\n\n');
    expect(rules.length).toBeGreaterThan(1);
    const asked = new Set<string>();
    for (const rule of rules) {
      const [path, ...lines] = rule.split('\n') as [string, ...string[]];
      const matched = ['index.html', page, script, wasm, data]
        .map(address)
        .filter((a) => a.startsWith(path.replace('*', '')));
      for (const address of matched) {
        const { headers } = await get(address);
        for (const line of lines) {
          const [name, value] = line.trim().split(': ') as [string, string];
          expect(headers.get(name), `${name} of ${address}`).toBe(value);
          asked.add(line);
        }
      }
    }
    expect(asked.size).toBe(rules.join('\n').match(/^ {2}/gm)?.length);
  });
});
