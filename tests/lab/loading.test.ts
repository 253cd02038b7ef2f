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

describe('fetching', () => {
  const answer = (headers: Record<string, string>, status = 200) =>
    vi.fn(async () => new Response(Uint8Array.from([1, 2, 3, 4]), { status, headers }));

  test('reads a file part by part, and once', async () => {
    const fetched = answer({ 'content-length': '4' });
    vi.stubGlobal('fetch', fetched);
    const load = fetchFrom('https://example.org/once/');
    const told: Progress[] = [];
    const listen = { signal: new AbortController().signal, onBytes: (p: Progress) => told.push(p) };
    expect(Array.from(await load('a.f32', listen))).toEqual([1, 2, 3, 4]);
    expect(Array.from(await load('a.f32'))).toEqual([1, 2, 3, 4]);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(fetched).toHaveBeenCalledWith('https://example.org/once/a.f32', expect.anything());
    expect(told.at(-1)).toEqual({ loaded: 4, total: 4 });
  });

  test('knows no total where the answer is compressed', async () => {
    vi.stubGlobal('fetch', answer({ 'content-length': '2', 'content-encoding': 'gzip' }));
    const told: Progress[] = [];
    const listen = { signal: new AbortController().signal, onBytes: (p: Progress) => told.push(p) };
    await fetchFrom('https://example.org/packed/')('a.f32', listen);
    expect(told.at(-1)).toEqual({ loaded: 4, total: null });
  });

  test('says which file is not there, and asks again the next time', async () => {
    vi.stubGlobal('fetch', answer({}, 404));
    const load = fetchFrom('https://example.org/missing/');
    await expect(load('a.f32')).rejects.toThrow('a.f32 could not be loaded (404).');
    vi.stubGlobal('fetch', answer({}));
    expect(await load('a.f32')).toHaveLength(4);
  });
});
