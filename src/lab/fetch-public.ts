/** Files of `public/` in a worker. What has arrived is kept for all its sessions; the HTTP cache serves other workers. */
import type { Fetcher } from './loading';

const arrived = new Map<string, Uint8Array>();

/**
 * `base` is the address of `public/` and ends in a slash. By XMLHttpRequest, which tells its progress: of a `fetch` that is
 * read part by part, Chromium often reports that it failed, although every part was there.
 */
export const fetchFrom =
  (base: string): Fetcher =>
  async (path, listen) => {
    const address = base + path;
    const file = arrived.get(address) ?? (await request(address, path, listen));
    arrived.set(address, file);
    return file;
  };

const request = (address: string, path: string, listen: Parameters<Fetcher>[1]) =>
  new Promise<Uint8Array>((resolve, reject) => {
    const file = new XMLHttpRequest();
    file.open('GET', address);
    file.responseType = 'arraybuffer';
    // Of a compressed answer the length is not known before it is there.
    file.onprogress = ({ loaded, total, lengthComputable }) =>
      listen?.onBytes({ loaded, total: lengthComputable ? total : null });
    const fail = () => reject(new Error(`${path} could not be loaded (${file.status || 'no connection'}).`));
    file.onload = () => (file.status === 200 ? resolve(new Uint8Array(file.response)) : fail());
    file.onerror = fail;
    file.onabort = fail;
    listen?.signal.addEventListener('abort', () => file.abort());
    file.send();
  });
