/**
 * Keeps pages of this site for reading without a network. `list-files.mjs` writes the real file, with the version in place of the
 * word below. Each version of the site has a cache of its own, with the list of its files and their hashes, and every page goes
 * on with the files of the version that it came with, checked against that list: so no page mixes two versions.
 */
const VERSION = '@version@';
const scope = new URL(self.registration.scope).pathname;
const PREFIX = `perceptron-papers ${scope} `;
const LIST = `${scope}offline/files.json`;
/** The version of a page that is newer than this worker: it is left to the network. */
const NEWER = 'newer';
/** Downloads at the same time. */
const AT_ONCE = 4;

const nameOf = (version) => PREFIX + version;
const addressOf = (path) => scope + path.replace(/(^|\/)index\.html$/, '$1');
const pathOf = (address) =>
  decodeURIComponent(new URL(address).pathname.slice(scope.length)).replace(/(^|\/)$/, '$1index.html');
/** Where storage fails, a page gets what it asks for from the network. */
const find = (version, address) => caches.match(address, { cacheName: nameOf(version) }).catch(() => undefined);
const kept = (version, path) => find(version, addressOf(path));

const lists = new Map();

/** `{ files: { path: [hash, size] }, shell: [path], pages: { path: [path] } }`; undefined when the version is not kept (any more). */
async function listOf(version) {
  if (!lists.has(version)) {
    const list = await (await find(version, LIST))?.json();
    if (!list) return undefined;
    lists.set(version, list);
  }
  return lists.get(version);
}

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a host says of a file, without what it says of its compression: of what is kept that is no longer true. */
function headersOf(response, size) {
  const headers = new Headers(response.headers);
  for (const name of ['content-encoding', 'vary']) headers.delete(name);
  headers.set('content-length', `${size}`);
  return headers;
}

/** The file from the network. */
const fetched = (path, signal) =>
  // The name of a file in _astro/ changes with its content; of others the browser may hold an older one.
  fetch(addressOf(path), { cache: path.startsWith('_astro/') ? 'default' : 'no-cache', signal });

const otherVersion = (path) => new Error(`${path} on the server is of another version of this site.`);

async function store(version, path, bytes, headers) {
  const cache = await caches.open(nameOf(version));
  await cache.put(addressOf(path), new Response(bytes, { headers }));
}

/** Puts a file into the cache of this version, unless it is there; from an older version's where it has not changed. */
async function keep(path, older = []) {
  if (await kept(VERSION, path)) return;
  const list = await listOf(VERSION);
  if (!list) throw new Error('The list of files is not here any more. Reload the page.');
  const [hash, size] = list.files[path];
  for (const version of older) {
    const same = (await listOf(version))?.files[path]?.[0] === hash && (await kept(version, path));
    if (same) return (await caches.open(nameOf(VERSION))).put(addressOf(path), same);
  }
  const response = await fetched(path);
  if (!response.ok) throw new Error(`${path} could not be loaded (${response.status}).`);
  const bytes = await response.arrayBuffer();
  if ((await hashOf(bytes)) !== hash) throw otherVersion(path);
  await store(VERSION, path, bytes, headersOf(response, size));
}

async function keepAll(paths, older) {
  const rest = [...paths];
  const worker = async () => {
    for (let path = rest.pop(); path; path = rest.pop()) await keep(path, older);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The versions that were here before this one, the latest first. */
async function olderVersions() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const own = names.indexOf(nameOf(VERSION));
  return names
    .slice(0, own < 0 ? names.length : own)
    .reverse()
    .map((name) => name.slice(PREFIX.length));
}

/** Brings what the reader has of the version before up to this one: the pages they have been to, or all if they have all. */
async function install() {
  const older = await olderVersions();
  try {
    const response = await fetch(`${scope}offline/files.${VERSION}.json`);
    if (!response.ok) throw new Error(`The list of files could not be loaded (${response.status}).`);
    await (await caches.open(nameOf(VERSION))).put(LIST, new Response(await response.blob()));
    const { files, shell, pages } = await listOf(VERSION);
    const had = new Set();
    let whole = false;
    for (const version of older) {
      const before = Object.keys((await listOf(version))?.files ?? {});
      const here = new Set((await (await caches.open(nameOf(version))).keys()).map(({ url }) => pathOf(url)));
      const those = before.filter((path) => here.has(path));
      whole ||= before.length > 0 && those.length === before.length;
      for (const path of those) had.add(path);
    }
    const mine = [...had].flatMap((path) => [path, ...(pages[path] ?? [])]);
    // Readers who count their bytes and did not ask for the whole site get their pages again when they open them.
    const wanted = whole ? Object.keys(files) : navigator.connection?.saveData ? [] : mine;
    await keepAll(new Set([...shell, ...wanted].filter((path) => files[path])), older);
  } catch (error) {
    await caches.delete(nameOf(VERSION));
    throw error;
  }
}

/** Which pages and their workers are of another version than the worker's own, by the ids of clients. */
const CLIENTS = `${scope}offline/clients.json`;

async function clientsOf(version) {
  const noted = await find(version, CLIENTS);
  return new Map((await noted?.json()) ?? []);
}

const others = clientsOf(VERSION);

async function noteClients(entries) {
  const known = await others;
  for (const [id, version] of entries) if (!known.has(id)) known.set(id, version);
  await (await caches.open(nameOf(VERSION))).put(CLIENTS, new Response(JSON.stringify([...known])));
}

/** Older versions that no open page has any more go. */
async function sweep() {
  const known = await others;
  for (const id of known.keys()) if (!(await self.clients.get(id))) known.delete(id);
  const used = new Set(known.values());
  const spent = (await olderVersions()).filter((version) => !used.has(version));
  await Promise.all(spent.map((version) => caches.delete(nameOf(version))));
}

/** Pages that are open go on with the version that they have. */
async function activate() {
  const [last] = await olderVersions();
  if (last) {
    const before = await clientsOf(last);
    const open = await self.clients.matchAll({ includeUncontrolled: true, type: 'all' });
    await noteClients(open.map(({ id }) => [id, before.get(id) ?? last]));
    await sweep();
  }
  await self.clients.claim();
}

/** A file as it comes from the network, kept if it turns out to be the right one; a page does not get the end of a wrong one. */
function passing(response, version, path, [hash, size]) {
  const headers = headersOf(response, size);
  const parts = [];
  const checked = new TransformStream({
    transform(part, out) {
      parts.push(part);
      out.enqueue(part);
    },
    async flush(out) {
      const bytes = await new Blob(parts).arrayBuffer();
      if ((await hashOf(bytes)) !== hash) return out.error(otherVersion(path));
      // Without room for it the page still has it.
      await store(version, path, bytes, headers).catch(() => {});
    },
  });
  return new Response(response.body.pipeThrough(checked), { headers });
}

/** A file for a page of `version`: what is kept, else from the network. */
async function answer(version, path, request) {
  const here = await kept(version, path);
  if (here) return here;
  const entry = (await listOf(version))?.files[path];
  if (!entry) return fetch(request);
  const response = await fetched(path, request.signal);
  return response.ok ? passing(response, version, path, entry) : response;
}

async function load(event, path) {
  const version = (await others).get(event.clientId) ?? VERSION;
  // A worker is of the version of the page that starts it.
  if (version !== VERSION && event.resultingClientId) await noteClients([[event.resultingClientId, version]]);
  return version === NEWER ? fetch(event.request) : answer(version, path, event.request);
}

async function navigate(event, path) {
  const list = await listOf(VERSION);
  const here = await kept(VERSION, path);
  if (here) return here;
  const folder = addressOf(`${path}/index.html`);
  if (list?.files[`${path}/index.html`]) return Response.redirect(folder + new URL(event.request.url).search);
  let response;
  try {
    response = await fetch(event.request);
  } catch (error) {
    const excuse = await kept(VERSION, 'no-network/index.html');
    if (!excuse) throw error;
    return excuse;
  }
  const entry = list?.files[path];
  if (!entry || !response.ok) return response;
  // A page says its version in its first tag, so that nobody waits for its end.
  const [shown, looked] = response.body.tee();
  const reader = looked.getReader();
  const { value } = await reader.read();
  reader.cancel();
  const page = new Response(shown, { headers: headersOf(response, entry[1]) });
  if (new TextDecoder().decode(value).includes(`data-build="${VERSION}"`)) return passing(page, VERSION, path, entry);
  await noteClients([[event.resultingClientId, NEWER]]);
  self.registration.update().catch(() => {});
  page.headers.delete('content-length');
  return page;
}

/** What a page asks for, by the name of its message; the answer goes back through the port that came with it. */
const asked = {
  /** A page that was opened wants itself and its widgets kept. */
  async visited(address) {
    const path = pathOf(address);
    const list = await listOf(VERSION);
    if (list?.files[path]) await keepAll([path, ...(list.pages[path] ?? [])], []);
  },
  keep: (paths) => keepAll(paths, []),
  /** Sizes of all files, and which are here. */
  async list() {
    const list = await listOf(VERSION);
    if (!list) throw new Error('The list of files is not here any more. Reload the page.');
    const here = await (await caches.open(nameOf(VERSION))).keys();
    const sizes = Object.entries(list.files).map(([path, [, size]]) => [path, size]);
    return { sizes, here: here.map(({ url }) => pathOf(url)) };
  },
  sweep,
  takeOver: () => self.skipWaiting(),
  async forget() {
    lists.clear();
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    await Promise.all(names.map((name) => caches.delete(name)));
  },
};

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  const [name, value] = event.data;
  const [port] = event.ports;
  const done = asked[name](value).then(
    (result) => port?.postMessage({ result }),
    ({ name, message }) => port?.postMessage({ error: { name, message } }),
  );
  event.waitUntil(done);
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith(scope)) return;
  const path = pathOf(url);
  event.respondWith(request.mode === 'navigate' ? navigate(event, path) : load(event, path));
});
