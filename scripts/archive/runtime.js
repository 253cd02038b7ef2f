/**
 * In an archive nothing is fetched: what the code asks for by address is answered from the page. The text of this function stands in
 * the page and at the head of its workers. `files` are data URLs by path, `scripts` the code of workers by path.
 */
export function runtime({ files, scripts, base, live }) {
  /** The path in the site; on Windows an address on disk starts with a drive. */
  const pathOf = (address) => {
    const path = new URL(address, live).pathname.replace(/^\/[a-z]:/i, '');
    return path.startsWith(base) ? path.slice(base.length) : '';
  };
  const held = (address) => files[pathOf(address)] ?? address;

  const { fetch } = globalThis;
  globalThis.fetch = (address, options) => fetch(held(address), options);
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, address) {
    open.call(this, method, held(address));
  };

  if (typeof document === 'undefined') return;
  globalThis.Worker = class extends Worker {
    constructor(address, { name } = {}) {
      const settings = JSON.stringify({ files, scripts: {}, base, live });
      const code = `(${runtime})(${settings});${scripts[pathOf(address)]}`;
      super(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { name });
    }
  };
  /** In the place of `import()` of an address; the modules come with the script at the end of the page. */
  const modules = new Promise((resolve) => {
    globalThis.archiveModules = resolve;
  });
  globalThis.archiveImport = async (address) => {
    const load = (await modules)[pathOf(address)];
    if (!load) throw new Error(`${address} is not in this archive.`);
    return load();
  };
}
