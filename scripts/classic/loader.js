/**
 * Loads the classic twins that `twins.mjs` writes, in a page and in its workers. In a sandboxed frame every address is of another
 * origin. Without CORS headers a browser refuses it modules, `fetch` and workers there, but gives it classic scripts: so all
 * that is loaded here, code and data, is one. The page that loads this file says in `data-start` which modules it starts with.
 */
(() => {
  const global = globalThis;
  const inWorker = typeof document === 'undefined';
  // A worker is started with these two set; see `ClassicWorker`.
  const here = inWorker ? global.loaderAddress : document.currentScript.src;
  const start = inWorker ? global.startModules : document.currentScript.dataset.start;
  /** The folder of the twins, and the address of the site: the loader lies in `<site>/_classic/`. */
  const folder = new URL('.', here).href;
  const site = new URL('..', here).href;

  const scripts = new Map();
  const modules = new Map();
  const carried = new Map();

  function newScript(address) {
    if (inWorker) return new Promise((done) => done(global.importScripts(address)));
    return new Promise((done, fail) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = () => done();
      script.onerror = () => fail(new Error(`${address} could not be loaded.`));
      document.head.append(script);
    });
  }

  /** Runs the script at `address` once; one that failed is tried again by the next who asks. */
  function run(address) {
    if (!scripts.has(address)) {
      scripts.set(address, newScript(address));
      scripts.get(address).catch(() => scripts.delete(address));
    }
    return scripts.get(address);
  }

  /** Fetches a module and all that it imports statically; modules may import each other. */
  async function bring(name, coming = new Set()) {
    if (coming.has(name)) return;
    coming.add(name);
    await run(folder + name);
    await Promise.all(modules.get(name).needs.map((need) => bring(need, coming)));
  }

  function evaluate(name) {
    const module = modules.get(name);
    if (!module.module) {
      module.module = { exports: {} };
      const { body } = module;
      body(evaluate, module.module, load, folder + name, preload, ClassicWorker, fetchCarried, CarriedRequest);
    }
    return module.module.exports;
  }

  async function load(name) {
    await bring(name);
    return evaluate(name);
  }

  /** In place of Vite's, which asks early, and with CORS, for modules and styles: an embed page has all its styles from the start. */
  const preload = (module) => module();

  /** The bytes of a file of the site, from the script that carries it. */
  async function bytesOf(address) {
    const path = address.slice(site.length);
    await run(`${folder}${path}.js`);
    return Uint8Array.from(carried.get(path), (character) => character.charCodeAt(0));
  }

  const absolute = (address) => new URL(address, site).href;

  /** `fetch`, of files of the site. */
  async function fetchCarried(address, options) {
    const url = absolute(address);
    if (!url.startsWith(site)) return fetch(address, options);
    const type = url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    return new Response(await bytesOf(url), { headers: { 'content-type': type } });
  }

  /** Of `XMLHttpRequest` what reading a file of the site needs. */
  class CarriedRequest {
    open(_method, address) {
      this.address = absolute(address);
    }
    async send() {
      try {
        this.response = (await bytesOf(this.address)).buffer;
        this.status = 200;
        this.onload();
      } catch {
        this.status = 0;
        this.onerror();
      }
    }
    abort() {
      this.onabort();
    }
  }

  /** A module worker of the site as a classic one, from code that lies in the page. */
  class ClassicWorker extends Worker {
    constructor(address, { name }) {
      const settings = { loaderAddress: here, startModules: new URL(address).pathname.split('/').at(-1) };
      const code = `Object.assign(self, ${JSON.stringify(settings)}); importScripts(loaderAddress);`;
      const blob = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
      super(blob, { name });
    }
  }

  /** What the twins call. */
  global.classicTwins = {
    module: (name, needs, body) => modules.set(name, { needs, body }),
    file: (path, content) => carried.set(path, content),
  };

  const fail = (error) =>
    setTimeout(() => {
      throw error;
    });
  const begin = async () => {
    for (const name of start.split(' ')) await load(name);
  };
  if (inWorker || document.readyState !== 'loading') begin().catch(fail);
  else addEventListener('DOMContentLoaded', () => begin().catch(fail));
})();
