/** Files of `public/` in a worker. What has arrived is kept for all its sessions; the HTTP cache serves other workers. */
import type { Fetcher } from './loading';

const arrived = new Map<string, Uint8Array>();

/** `base` is the address of `public/` and ends in a slash. */
export const fetchFrom =
  (base: string): Fetcher =>
  async (path, listen) => {
    const known = arrived.get(base + path);
    if (known) return known;
    const response = await fetch(base + path, { signal: listen?.signal ?? null });
    if (!response.ok || !response.body) throw new Error(`${path} could not be loaded (${response.status}).`);
    // Of a compressed answer the header tells the compressed length, but the parts come unpacked.
    const length = response.headers.get('content-encoding') ? null : response.headers.get('content-length');
    const total = length === null ? null : Number(length);
    const parts: Uint8Array[] = [];
    let loaded = 0;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      loaded += part.value.length;
      listen?.onBytes({ loaded, total });
    }
    const file = new Uint8Array(loaded);
    parts.reduce((at, part) => {
      file.set(part, at);
      return at + part.length;
    }, 0);
    arrived.set(base + path, file);
    return file;
  };
