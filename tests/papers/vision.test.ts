/** The experiments that the pages on vision share. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { loadClasses, SIDE, setNames } from '#data/classes';
import { loadPublic } from '#lab/node';
import { defaults } from '#lab/params';
import { runTo } from '#lab/run';
import * as tf from '#lab/tf';
import { logitsOf, patchesOf, variablesOf } from '#nn/vision/classifier';
import { contenderNames, contenders, factsOf } from '#nn/vision/contenders';
import { PATCH } from '#nn/vision/network';
import { answersOf } from '../../content/papers/vision/answers/experiment';
import { resizedPictures } from '../../content/papers/vision/answers/mechanism';
import { countOf } from '../../content/papers/vision/count/experiment';
import { trainedNames, trainedShape, weightFile } from '../../content/papers/vision/models';
import { pokeOf } from '../../content/papers/vision/poke/experiment';
import { placeOf, structure } from '../../content/papers/vision/poke/mechanism';
import { raceOf } from '../../content/papers/vision/race/experiment';
import { loadTrained, setWeights } from '../../content/papers/vision/trained';

describe('press a token', () => {
  const poke = pokeOf('somewhere', 'mixer');
  const run = async (params: object) =>
    (await runTo(poke, { ...defaults(poke.params), ...params }, 0, loadPublic)).frame;

  test.each(contenderNames)(
    'with %s the blocks change what their structure says, and depend on it, after two blocks',
    async (first) => {
      for (const way of ['changes', 'sources'] as const) {
        // At a corner, where a border would show.
        const frame = await run({ first, way, side: 8, depth: 2, token: [-1, 1] });
        const [board] = frame.boards;
        expect([frame.row, frame.column]).toEqual([0, 0]);
        const reach = factsOf(contenders[first]).reach({ height: 8, width: 8, channels: 20 });
        const { reached, counts } = structure(reach, 64, 0, 2, way === 'sources');
        expect(board?.strength.map((value) => (value > 0 ? 1 : 0))).toEqual(Array.from(reached));
        expect(board?.share).toEqual(counts.map((count) => count / 64));
      }
    },
  );

  test('what is pressed and what is read are two things where a mixer looks one way', async () => {
    const at = (way: string) => run({ first: 'mix-shift', second: 'none', way, side: 16, depth: 1, token: [0, 0] });
    const [changes, sources] = [await at('changes'), await at('sources')];
    const seen = (frame: typeof changes) => frame.boards[0]?.strength.map((value) => value > 0);
    expect(seen(changes)?.filter(Boolean)).toHaveLength(73);
    expect(seen(sources)?.filter(Boolean)).toHaveLength(73);
    expect(seen(changes)).not.toEqual(seen(sources));
    // Turned by half a turn around the token, one is the other.
    const turned = seen(sources)?.map((_, i, all) => {
      const [row, column] = [Math.floor(i / 16), i % 16];
      return all[((2 * sources.row - row + 32) % 16) * 16 + ((2 * sources.column - column + 32) % 16)];
    });
    expect(seen(changes)).toEqual(turned);
  });

  test('finds the token under the point, at the edges too', () => {
    expect(placeOf([-1, 1], 8)).toEqual({ row: 0, column: 0 });
    expect(placeOf([1, -1], 8)).toEqual({ row: 7, column: 7 });
    expect(placeOf([0.01, 0.26], 8)).toEqual({ row: 2, column: 4 });
  });

  test('says why where a mixer has no such map', async () => {
    const frame = await run({ first: 'raft-2', second: 'multi-axis', side: 8 });
    expect(frame.boards.map((board) => board.refusal)).toEqual([null, null]);
    expect(frame.boards.map((board) => board.strength.length)).toEqual([64, 64]);
  });
});

test('what a mixer costs follows from the formulas: powers of the side by hand', async () => {
  const count = countOf('somewhere', 'mixer');
  const { frame } = await runTo(count, defaults(count.params), 0, loadPublic);
  const line = (name: string) => frame.lines.find((l) => l.name === name);
  const ratio = (name: string, what: 'weights' | 'macs') => {
    const [at, values] = [line(name)?.at ?? [], line(name)?.[what] ?? []];
    return (values[at.indexOf(64)] as number) / (values[at.indexOf(32)] as number);
  };
  // Twice the side: sixteen times the weights of Mixer, four of a raft, no more of MS-MLP and MAXIM.
  expect(ratio('Mixer', 'weights')).toBeCloseTo(16, 1);
  expect(ratio('Raft, r = 2', 'weights')).toBeGreaterThan(3.5);
  expect(ratio('Raft, r = 2', 'weights')).toBeLessThan(4);
  expect(ratio('Mix-Shift', 'weights')).toBe(1);
  expect(ratio('MAXIM', 'weights')).toBe(1);
  expect(ratio('Mixer', 'macs')).toBe(16);
  expect(ratio('Raft, r = 2', 'macs')).toBe(8);
  expect(ratio('Mix-Shift', 'macs')).toBe(4);
  expect(ratio('MAXIM', 'macs')).toBe(4);
});

describe('two mixers in training', () => {
  const race = raceOf('somewhere', 'raft-2', []);
  const run = async (params: object, steps: number) =>
    (await runTo(race, { ...defaults(race.params), length: 40, ...params }, steps, loadPublic)).frame;

  test('the same mixer twice runs the same race: equal start, equal batches', async () => {
    const { racers } = await run({ first: 'raft-1', second: 'raft-1' }, 80);
    const [a, b] = racers.map(({ name: _, seconds: _seconds, ...rest }) => rest);
    expect(racers.map(({ name }) => name)).toEqual(['Raft, r = 1', 'Raft, r = 1, again']);
    expect(b).toEqual(a);
    expect(racers[0]?.step).toEqual([0, 20, 40]);
    expect(racers[0]?.loss[2]).toBeLessThan(racers[0]?.loss[0] as number);
  });

  test('the second starts when the first has finished, on seconds of its own', async () => {
    const half = await run({ first: 'none', second: 'raft-1' }, 40);
    expect(half.racers.map(({ step }) => step)).toEqual([[0, 20, 40], [0]]);
    const { racers } = await run({ first: 'none', second: 'raft-1' }, 80);
    for (const { seconds } of racers) {
      expect(seconds[0]).toBe(0);
      expect(seconds).toEqual(seconds.toSorted((x, y) => x - y));
    }
  });

  test('counts every held-out picture once in what is taken for what', async () => {
    const { racers } = await run({ first: 'none', second: 'none', pictures: 'digits' }, 80);
    for (const { confusion, accuracy } of racers) {
      for (const row of confusion) expect(row.reduce((a, b) => a + b)).toBe(60);
      const right = confusion.reduce((sum, row, i) => sum + (row[i] as number), 0);
      expect(accuracy.at(-1)).toBeCloseTo(right / 600);
    }
  });

  test.each(['weights', 'macs'] as const)(
    'brings the second near the first in %s where that is asked',
    async (budget) => {
      const { racers } = await run({ first: 'mixer', second: 'mix-shift', budget }, 0);
      const [first, second] = racers.map((racer) => racer[budget]);
      expect(Math.abs(Math.log((second as number) / (first as number)))).toBeLessThan(0.1);
      expect(racers[1]?.channels).toBeGreaterThan(20);
    },
  );
});

describe('the trained models', () => {
  test.each(setNames.flatMap((set) => trainedNames.map((name) => ({ set, name }))))(
    '$set, $name: the file does what its note says',
    async ({ set, name }) => {
      const notes = JSON.parse(await readFile('public/data/vision/models.json', 'utf8'));
      const note = notes[`${set}-${name}`];
      expect(note).toMatchObject({
        script: 'content/papers/vision/training/train.ts',
        command: `npm run train -- vision ${set}`,
      });
      expect((await loadPublic(weightFile(set, name))).length).toBe(4 * note.weights);
      const { heldOut } = await loadClasses(loadPublic, set);
      const classifier = await loadTrained(loadPublic, set, name);
      const right = tf.tidy(() => {
        const x = tf.tensor3d(patchesOf(heldOut.grey, SIDE, trainedShape), [600, 64, PATCH ** 2]);
        const said = tf.argMax(logitsOf(classifier, contenders[name], trainedShape, x), 1).dataSync();
        return heldOut.labels.filter((label, i) => label === said[i]).length;
      });
      expect(right / 600).toBeCloseTo(note.accuracy, 2);
      tf.dispose([classifier.ends, classifier.blocks]);
    },
  );

  test('a file of the wrong length is refused with both lengths', async () => {
    const classifier = await loadTrained(loadPublic, 'fashion', 'raft-2');
    expect(() => setWeights(classifier, new Float32Array(3))).toThrow('Expected 8438 weights, got 3.');
    expect(variablesOf(classifier)).toHaveLength(4 + 2 + 2 * 18);
    tf.dispose([classifier.ends, classifier.blocks]);
  });

  test('pictures are resized with their border, and come out as they are at the size they were trained at', async () => {
    const { heldOut } = await loadClasses(loadPublic, 'digits');
    const one = heldOut.grey.slice(0, SIDE ** 2);
    const same = resizedPictures(one, 32);
    expect(same).toHaveLength(1024);
    expect(same[2 * 32 + 2 + 5 * 32 + 9]).toBe(one[5 * 28 + 9]);
    expect(same.subarray(0, 66).every((value) => value === 0)).toBe(true);
    // Light is kept but for what sharpening adds at edges.
    const mean = (xs: Float32Array) => xs.reduce((a, b) => a + b) / xs.length;
    expect(mean(resizedPictures(one, 64))).toBeCloseTo(mean(same), 2);
  });

  test('a drawing takes the place of the picture, turned over if it is dark on light', async () => {
    const answers = answersOf('somewhere', []);
    const grey = Array.from({ length: 784 }, (_, i) => (i === 400 ? 1 : 0));
    const own = { name: 'your drawing', side: 28, grey };
    const { frame } = await runTo(answers, { ...defaults(answers.params), own }, 0, loadPublic);
    expect(frame.label).toBeNull();
    expect(frame.picture.reduce((a, b) => a + b)).toBe(1);
    const turned = await runTo(answers, { ...defaults(answers.params), own, invert: true }, 0, loadPublic);
    expect(turned.frame.picture.reduce((a, b) => a + b)).toBe(783);
    expect(frame.models.every(({ shares }) => Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-5)).toBe(true);
  });
});
