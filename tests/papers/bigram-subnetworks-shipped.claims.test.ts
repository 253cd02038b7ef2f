/** The shipped masks, measured anew from the files. */
import { readFile } from 'node:fs/promises';
import { unzlibSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { bigramTable } from '../../content/papers/bigram-subnetworks/bigram';
import { dependence } from '../../content/papers/bigram-subnetworks/dependence';
import { layout, pageShape as shape } from '../../content/papers/bigram-subnetworks/layout';
import { gatePlaces, masked } from '../../content/papers/bigram-subnetworks/mask';
import {
  complement,
  gateRanges,
  largestLike,
  open,
  randomLike,
  unpackBits,
} from '../../content/papers/bigram-subnetworks/mask-baselines';
import { bigramSurprisals, correlation, meanNats, surprisals } from '../../content/papers/bigram-subnetworks/surprisal';

const V = shape.vocabulary;
const places = gatePlaces(layout(shape));

const file = (name: string) => readFile(`public/data/bigram-subnetworks/${name}`);
const buffer = async (name: string) => Uint8Array.from(await file(name)).buffer;

let note: {
  judged: number;
  settings: { seed: number };
  full: object;
  empty: object;
  masks: { lambda: number; kept: number; keptPerMatrix: object; [part: string]: unknown }[];
};
let weights: Float32Array;
let table: Float32Array;
let judged: Uint16Array;
let bigram: Float64Array;

beforeAll(async () => {
  note = JSON.parse((await file('masks.json')).toString());
  weights = new Float32Array(await buffer('page-weights.f32'));
  table = bigramTable(new Uint32Array(Uint8Array.from(unzlibSync(await file('page-counts.zlib'))).buffer), V);
  judged = new Uint16Array(await buffer('page-evaluation.u16')).subarray(0, note.judged);
  bigram = bigramSurprisals(shape, table, judged);
});

function measured(flat: Float32Array) {
  const bits = surprisals(shape, flat, judged);
  return { r: correlation(bits, bigram), surprisal: meanNats(bits) };
}

/** On record with five digits; other engines differ in the last bits of float32. */
function expectOnRecord(actual: Record<string, number>, recorded: unknown) {
  for (const [name, value] of Object.entries(actual)) {
    const other = (recorded as Record<string, number>)[name] as number;
    expect(Math.abs(value - other), name).toBeLessThan(1e-4 * Math.max(1, Math.abs(other)));
  }
}

test('whole and empty model are as on record', () => {
  expectOnRecord({ ...measured(weights), ...dependence(shape, weights, judged, table) }, note.full);
  expectOnRecord(measured(masked(weights, places, new Uint8Array(places.length))), note.empty);
});

describe.each([1, 3, 10, 30])('the mask of lambda %d', (lambda) => {
  test('is, with all that it is compared with, as on record', async () => {
    const mask = unpackBits(await file(`mask-${lambda}.bits`), places.length);
    const found = note.masks.find((entry) => entry.lambda === lambda);
    if (!found) throw new Error('not on record');
    expect(found.kept).toBe(open(mask));
    expect(found.keptPerMatrix).toEqual(
      Object.fromEntries(gateRanges(shape).map(({ name, from, to }) => [name, open(mask.subarray(from, to))])),
    );
    const kept = masked(weights, places, mask);
    const random = randomLike(mask, shape, randomFrom(note.settings.seed));
    const gated = Float32Array.from(places, (place) => weights[place] as number);
    const keep = (bits: Uint8Array) => measured(masked(weights, places, bits));
    expectOnRecord({ ...measured(kept), ...dependence(shape, kept, judged, table) }, found.subnetwork);
    expectOnRecord(keep(complement(mask)), found.complement);
    expectOnRecord(keep(random), found.random);
    expectOnRecord(keep(complement(random)), found.randomComplement);
    expectOnRecord(keep(largestLike(mask, shape, gated)), found.largest);
  });
});
