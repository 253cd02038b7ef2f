import { afterEach, describe, expect, test, vi } from 'vitest';
import { type AnyExperiment, defineMechanism } from '#lab/experiment';
import { fetchFrom } from '#lab/fetch-public';
import { type Fetcher, Loading, type Progress } from '#lab/loading';
import { real, type Schema } from '#lab/params';
import { Session, type SessionEvent } from '#lab/session';
import { RunStopped } from '#lab/stopped';

afterEach(() => vi.unstubAllGlobals());

/** A fetcher that the test feeds: each file waits until it is given its bytes, or is stopped. */
function fed() {
  const waiting = new Map<string, { arrive: (bytes: number) => void; tell: (progress: Progress) => void }>();
  const fetcher: Fetcher = (path, listen) =>
    new Promise((resolve, reject) => {
      listen?.signal.addEventListener('abort', () => reject(new DOMException('The fetch was aborted.', 'AbortError')));
      waiting.set(path, {
        arrive: (bytes) => resolve(new Uint8Array(bytes)),
        tell: (progress) => listen?.onBytes(progress),
      });
    });
  return { fetcher, file: (path: string) => waiting.get(path) as NonNullable<ReturnType<typeof waiting.get>> };
}

describe('loading', () => {
  test('tells the sum over the files on their way, and null when all are there', async () => {
    const { fetcher, file } = fed();
    const told: unknown[] = [];
    const { load } = new Loading(fetcher, (progress) => told.push(progress));
    const both = Promise.all([load('a'), load('b')]);
    file('a').tell({ loaded: 10, total: 100 });
    file('b').tell({ loaded: 5, total: 50 });
    file('a').arrive(100);
    file('b').tell({ loaded: 50, total: null });
    file('b').arrive(50);
    expect((await both).map(({ length }) => length)).toEqual([100, 50]);
    expect(told).toEqual([{ loaded: 10, total: 100 }, { loaded: 15, total: 150 }, { loaded: 60, total: null }, null]);
  });

  test('that needs no time tells nothing', async () => {
    const told: unknown[] = [];
    const { load } = new Loading(
      async () => new Uint8Array(3),
      (progress) => told.push(progress),
    );
    expect(await load('a')).toHaveLength(3);
    expect(told).toEqual([]);
  });

  test('can be stopped, and started again', async () => {
    const { fetcher, file } = fed();
    const loading = new Loading(fetcher, () => {});
    const first = loading.load('a');
    loading.stop();
    await expect(first).rejects.toBeInstanceOf(RunStopped);
    const second = loading.load('a');
    file('a').arrive(7);
    expect(await second).toHaveLength(7);
  });

  test('that fails by itself says why', async () => {
    const loading = new Loading(
      async () => Promise.reject(new Error('a could not be loaded (404).')),
      () => {},
    );
    await expect(loading.load('a')).rejects.toThrow('a could not be loaded (404).');
  });
});

const params = { x: real({ label: 'x', min: 0, max: 1, default: 0 }) } satisfies Schema;
const weighing = {
  id: 'test/weighing',
  params,
  steps: () => 0,
  mechanism: async () =>
    defineMechanism<typeof params>()({
      setup: ({ load }) => load('weights'),
      frame: ({ length }) => ({ length }),
    }),
  summary: () => ({}),
} as unknown as AnyExperiment;

test('a session whose loading is stopped says so, and loads again when it is asked to', async () => {
  const { fetcher, file } = fed();
  const events: SessionEvent[] = [];
  const session = new Session(weighing, { x: 0 }, fetcher, (event) => void events.push(event));
  const opening = session.open();
  await vi.waitUntil(() => file('weights'));
  session.stopLoading();
  expect(await opening).toBe(false);
  expect(events).toEqual([
    { type: 'notice', message: expect.stringMatching(/^Loading was stopped\. Try again/) },
    { type: 'status', status: 'stopped', stepsPerSecond: null },
  ]);
  const before = file('weights');
  const again = session.reset();
  await vi.waitUntil(() => file('weights') !== before);
  file('weights').arrive(12);
  await again;
  expect(events.findLast(({ type }) => type === 'frame')).toMatchObject({ frame: { length: 12 } });
  await session.close();
});

test('a session that is closed while it loads ends without a word', async () => {
  const { fetcher, file } = fed();
  const events: SessionEvent[] = [];
  const session = new Session(weighing, { x: 0 }, fetcher, (event) => void events.push(event));
  const opening = session.open();
  await vi.waitUntil(() => file('weights'));
  await session.close();
  expect(await opening).toBe(false);
  expect(events.filter(({ type }) => type === 'notice')).toEqual([]);
});

/** Stands in for the browser's request: answers with `status` and four bytes, of which the first two come alone. */
function requests(status: number, lengthComputable = true) {
  const sent: string[] = [];
  class Request {
    status = 0;
    response = Uint8Array.from([1, 2, 3, 4]).buffer;
    onprogress?: (progress: object) => void;
    onload?: () => void;
    onabort?: () => void;
    open(_: string, address: string) {
      sent.push(address);
    }
    send() {
      this.onprogress?.({ loaded: 2, total: lengthComputable ? 4 : 0, lengthComputable });
      queueMicrotask(() => {
        this.status = status;
        this.onload?.();
      });
    }
    abort() {
      this.onabort?.();
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request);
  return sent;
}

describe('fetching', () => {
  const listening = () => {
    const [told, abort] = [[] as Progress[], new AbortController()];
    return { told, abort, listen: { signal: abort.signal, onBytes: (p: Progress) => void told.push(p) } };
  };

  test('tells its progress, and asks for a file once', async () => {
    const sent = requests(200);
    const load = fetchFrom('https://example.org/once/');
    const { told, listen } = listening();
    expect(Array.from(await load('a.f32', listen))).toEqual([1, 2, 3, 4]);
    expect(Array.from(await load('a.f32'))).toEqual([1, 2, 3, 4]);
    expect(sent).toEqual(['https://example.org/once/a.f32']);
    expect(told).toEqual([{ loaded: 2, total: 4 }]);
  });

  test('knows no total where the answer does not say it', async () => {
    requests(200, false);
    const { told, listen } = listening();
    await fetchFrom('https://example.org/packed/')('a.f32', listen);
    expect(told).toEqual([{ loaded: 2, total: null }]);
  });

  test('says which file is not there, and asks again the next time', async () => {
    requests(404);
    const load = fetchFrom('https://example.org/missing/');
    await expect(load('a.f32')).rejects.toThrow('a.f32 could not be loaded (404).');
    requests(200);
    expect(await load('a.f32')).toHaveLength(4);
  });

  test('ends when it is told to', async () => {
    requests(200);
    const { abort, listen } = listening();
    const loading = fetchFrom('https://example.org/stopped/')('a.f32', listen);
    abort.abort();
    await expect(loading).rejects.toThrow('a.f32 could not be loaded');
  });
});
