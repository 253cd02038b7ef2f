/** The experiments of the page, against counts of their own and against each other. */
import { readFile } from 'node:fs/promises';
import { unzlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { benchFor } from '#lab/claims';
import { loadPublic } from '#lab/node';
import { findExperiment } from '#lab/registry';
import { STEPS as ABLATION_STEPS } from '../../content/papers/bigram-subnetworks/ablation/experiment';
import type { Frame as AblationFrame } from '../../content/papers/bigram-subnetworks/ablation/mechanism';
import { lambdas } from '../../content/papers/bigram-subnetworks/kinds';
import type { Frame as ProbeFrame } from '../../content/papers/bigram-subnetworks/probe/mechanism';
import type { Frame as ResidualFrame } from '../../content/papers/bigram-subnetworks/residual/mechanism';
import { STEPS as RESIDUAL_STEPS } from '../../content/papers/bigram-subnetworks/residual/params';
import type { Frame as WhereFrame } from '../../content/papers/bigram-subnetworks/where/mechanism';

const benchOf = async (name: string) => benchFor(await findExperiment(`bigram-subnetworks/${name}`), loadPublic);
const [probe, where, ablation, residual] = (await Promise.all(
  ['probe', 'where', 'ablation', 'residual'].map(benchOf),
)) as [
  ReturnType<typeof benchFor>,
  ReturnType<typeof benchFor>,
  ReturnType<typeof benchFor>,
  ReturnType<typeof benchFor>,
];

const look = async (given: Record<string, string | number>) => (await probe(given, 0)).frame as ProbeFrame;
const map = async (given: Record<string, string | number>) =>
  (await where({ windows: 16, ...given }, 0)).frame as WhereFrame;

describe('a prompt of your own', () => {
  test('the bars of the bigram table are its counts, each over their sum', async () => {
    const V = 512;
    const counts = new Uint32Array(
      Uint8Array.from(unzlibSync(await readFile('public/data/bigram-subnetworks/page-counts.zlib'))).buffer,
    );
    const { tokens, position, top } = await look({ text: 'the people of the united' });
    expect(tokens[position]).toBe(' united');
    // One row of counts, and no other, has exactly these shares, the largest of its own among them.
    const shown = top.map(({ bigram }) => bigram);
    const rows = Array.from({ length: V }, (_, v) => counts.subarray(v * V, (v + 1) * V));
    const fits = rows.filter((row) => {
      const sum = row.reduce((a, b) => a + b, 0);
      return shown.every((p) => [...row].some((n) => Math.abs(n / sum - p) < 1e-6));
    });
    expect(fits).toHaveLength(1);
    const [row] = fits as [Uint32Array];
    const most = Math.max(...row) / row.reduce((a, b) => a + b, 0);
    expect(Math.max(...shown)).toBeCloseTo(most, 6);
  });

  test('with all weights kept, what is kept is the model bit for bit', async () => {
    const { top, surprisal, moved, keptShare } = await look({ lambda: 'full' });
    expect(keptShare).toBe(1);
    for (const { full, kept } of [...top, ...surprisal, moved]) expect(kept).toBe(full);
  });

  test('a subnetwork and all but it make up the model, and differ', async () => {
    const [one, rest] = [await look({}), await look({ keep: 'complement' })];
    expect(one.keptShare + rest.keptShare).toBeCloseTo(1, 12);
    expect(one.top).not.toEqual(rest.top);
    expect((await look({ keep: 'random' })).keptShare).toBe(one.keptShare);
    expect((await look({ keep: 'largest' })).keptShare).toBe(one.keptShare);
  });

  test('an empty model answers alike to other words before the same token at the same place, a full one does not', async () => {
    const texts = ['the whale of the sea', 'the ships of the sea'];
    const [a, b] = (await Promise.all(texts.map((text) => look({ text, lambda: 'empty' })))) as [
      ProbeFrame,
      ProbeFrame,
    ];
    expect([a.tokens.length, a.tokens.at(-1)]).toEqual([b.tokens.length, b.tokens.at(-1)]);
    const kept = ({ top }: ProbeFrame) => new Map(top.map(({ token, kept }) => [token, kept]));
    const shared = [...kept(a)].filter(([token]) => kept(b).has(token));
    expect(shared.length).toBeGreaterThan(0);
    for (const [token, p] of shared) expect(kept(b).get(token)).toBeCloseTo(p, 5);
    const full = ({ top }: ProbeFrame) => new Map(top.map(({ token, full }) => [token, full]));
    const gaps = [...full(a)].map(([token, p]) => Math.abs(p - (full(b).get(token) ?? 0)));
    expect(Math.max(...gaps)).toBeGreaterThan(1e-3);
  });

  test('text that is empty, long or strange is read as far as it goes, and what was done to it is said', async () => {
    const empty = await look({ text: '  ' });
    expect(empty.notes).toEqual([expect.stringContaining('no text yet')]);
    expect(empty.tokens.at(-1)).toBe(' united');
    const long = await look({ text: 'the whale '.repeat(39) });
    expect(long.tokens).toHaveLength(32);
    expect(long.notes).toEqual([expect.stringContaining('The model reads 32 tokens')]);
    const strange = await look({ text: 'Das Lamm § ist süß' });
    expect(strange.notes).toEqual([
      'Capital letters are read as small ones.',
      expect.stringMatching(/read as a space: § ü ß$/),
    ]);
    const first = await look({ text: 'whale', back: 31 });
    expect(first.position).toBe(0);
  });
});

describe('where the kept weights are', () => {
  test.each(lambdas)(
    'lambda %s: what is switched off is what the map counts, and the whole is what the first widget says',
    async (lambda) => {
      const { cells } = await map({ lambda });
      const count = (component?: string) =>
        cells.reduce((sum, cell) => sum + (!component || cell.component === component ? cell.kept : 0), 0);
      expect(cells.reduce((sum, { size }) => sum + size, 0)).toBe(196_608);
      expect(count() / 196_608).toBe((await look({ lambda })).keptShare);
      for (const off of ['V', 'up']) expect((await map({ lambda, off })).off.removed).toBe(count(off));
    },
  );

  test('switching off nothing changes nothing; the first MLP changes much', async () => {
    const all = await map({});
    expect(all.without).toEqual(all.kept);
    const cut = await map({ off: 'up', inBlock: '1' });
    expect(cut.kept).toEqual(all.kept);
    expect(cut.without.nats).toBeGreaterThan(cut.kept.nats + 1);
  });
});

test('the ablation judges 22 networks, controls of equal size, and agrees with the map on the same text', async () => {
  const { judged } = (await ablation({ windows: 16 }, ABLATION_STEPS)).frame as AblationFrame;
  expect(judged).toHaveLength(22);
  const of = (lambda: string, keep = 'subnetwork') =>
    judged.find((entry) => entry.lambda === lambda && entry.keep === keep) as (typeof judged)[number];
  for (const lambda of lambdas) {
    const { keptShare } = of(lambda);
    for (const keep of ['random', 'largest']) expect(of(lambda, keep).keptShare).toBe(keptShare);
    for (const keep of ['complement', 'random-complement'])
      expect(of(lambda, keep).keptShare + keptShare).toBeCloseTo(1, 12);
    const { kept, full } = await map({ lambda });
    expect(of(lambda).nats).toBeCloseTo(kept.nats, 5);
    expect(of(lambda).r).toBeCloseTo(kept.r as number, 5);
    expect(of('full').nats).toBeCloseTo(full.nats, 5);
  }
  // A uniform guess has ln 512; every network that keeps something useful is below, the empty one is not.
  expect(of('1').nats).toBeLessThan(Math.log(512));
  expect(of('empty').nats).toBeGreaterThan(Math.log(512));
});

test('at the last stage of the stream no turn is ahead, and the answer is there', async () => {
  const { networks } = (await residual({ windows: 16 }, RESIDUAL_STEPS)).frame as ResidualFrame;
  for (const { measured, similarity } of networks) {
    expect(measured.angle.at(-1)).toBeLessThan(1e-3);
    // The map to itself is not quite the identity: ridge shrinks it in directions that hardly vary.
    expect(measured.outputLens.at(-1)).toBeGreaterThan(0.99);
    for (const r of measured.outputLens) expect(r).toBeLessThanOrEqual(1);
    similarity.forEach((row, i) => {
      expect(row[i]).toBeCloseTo(1, 9);
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(similarity[j]?.[i] as number, 9);
    });
  }
});
