/** What a page asks its service worker to do. */
import { decline } from './declined';

export interface Files {
  sizes: [path: string, bytes: number][];
  /** Paths of the files that are kept. */
  here: string[];
}

/** Bytes that are asked for at once: between two askings the reader can stop. */
const PORTION = 400_000;

const base = () => document.documentElement.dataset.base ?? '/';

export const supported = (): boolean => isSecureContext && self.origin !== 'null' && 'serviceWorker' in navigator;

export const registered = () => navigator.serviceWorker.getRegistration(base());

/** The service worker of this site, started if need be. */
async function worker(): Promise<ServiceWorker> {
  await navigator.serviceWorker.register(`${base()}sw.js`, { scope: base(), updateViaCache: 'none' });
  const { active } = await navigator.serviceWorker.ready;
  if (!active) throw new Error('The service worker did not start.');
  return active;
}

async function ask<Answer>(name: string, value?: unknown): Promise<Answer> {
  const { port1, port2 } = new MessageChannel();
  const to = await worker();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }: MessageEvent<{ result: Answer; error?: { name: string; message: string } }>) => {
      if (data.error) reject(Object.assign(new Error(data.error.message), { name: data.error.name }));
      else resolve(data.result);
      port1.close();
    };
    to.postMessage([name, value], [port2]);
  });
}

export const files = () => ask<Files>('list');

export const sumOf = (sizes: readonly (readonly [string, number])[]) =>
  sizes.reduce((sum, [, bytes]) => sum + bytes, 0);

/** Files that are not kept yet. */
export function missing({ sizes, here }: Files): Files['sizes'] {
  const there = new Set(here);
  return sizes.filter(([path]) => !there.has(path));
}

/** Keeps the whole site; `tell` hears the bytes that are there, and whether it should go on. */
export async function keepAll(tell: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  decline(false);
  const all = await files();
  const rest = missing(all);
  let done = sumOf(all.sizes) - sumOf(rest);
  while (rest.length > 0 && !signal.aborted) {
    tell(done);
    const portion: string[] = [];
    let bytes = 0;
    for (let next = rest.pop(); next; next = bytes < PORTION ? rest.pop() : undefined) {
      portion.push(next[0]);
      bytes += next[1];
    }
    await ask('keep', portion);
    done += bytes;
  }
  tell(done);
}

/** Removes all that is kept, and remembers that nothing shall be. */
export async function forget(): Promise<void> {
  const registration = await registered();
  decline(true);
  if (!registration) return;
  await ask('forget');
  await registration.unregister();
}
