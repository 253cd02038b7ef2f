/** "Restore a photograph" as the page runs it, with the shipped weights. */
import { expect, test } from 'vitest';
import { loadPhoto } from '#data/photos';
import { loadPublic, startBackend } from '#lab/node';
import { runTo } from '#lab/run';
import { completeValues } from '#lab/values';
import { restore } from '../../content/papers/maxim/restore/experiment';
import type { Frame } from '../../content/papers/maxim/restore/mechanism';
import { methods } from '../../content/papers/maxim/restore/params';

await startBackend('wasm');
const run = async (given: object) =>
  (await runTo(restore, completeValues(restore.params, given as never), 0, loadPublic)) as {
    frame: Frame;
    summary: ReturnType<typeof restore.summary>;
  };

test('a picture of the reader’s own goes the same way as a shipped one', async () => {
  const grey = await loadPhoto(loadPublic, 'boats', 128);
  const image = { name: 'mine', side: 128, grey };
  const [own, shipped] = [await run({ image, side: '128' }), await run({ photo: 'boats', side: '128' })];
  expect(own.frame).toEqual(shipped.frame);
  // Halved by averages, not by the filter that the shipped ones were made with.
  const half = (await run({ image, side: '64', photo: 'alps' })).frame;
  expect(half.clean).toHaveLength(64 * 64);
  const average = [0, 1, 128, 129].reduce((sum, at) => sum + (grey[at] as number), 0) / 4;
  expect(half.clean[0]).toBe(Math.round(255 * average));
});

test('the PSNR shown is that of the pictures shown', async () => {
  const { frame } = await run({ task: 'derain', strength: 0.8, seed: 2 });
  const psnr = (picture: readonly number[]) =>
    -10 *
    Math.log10(picture.reduce((sum, v, i) => sum + ((v - (frame.clean[i] as number)) / 255) ** 2, 0) / picture.length);
  [frame.spoilt, ...frame.restored].forEach((picture, i) => {
    expect(psnr(picture)).toBeCloseTo(frame.psnr[i] as number, 1);
  });
  expect(frame.restored).toHaveLength(methods.length);
});

test('moving the line and choosing another method change nothing that is computed', async () => {
  const [a, b] = [await run({}), await run({ reveal: 0.9, compared: 'cnn' })];
  expect(b.summary).toEqual(a.summary);
  expect({ ...b.frame, reveal: 0.5, compared: 'maxim' }).toEqual(a.frame);
});

test('equal seeds spoil a picture equally, and what spoils it is gone for the most part', async () => {
  const [a, again, other] = [await run({ seed: 3 }), await run({ seed: 3 }), await run({ seed: 4 })];
  expect(a.frame).toEqual(again.frame);
  expect(a.frame.spoilt).not.toEqual(other.frame.spoilt);
  expect(a.summary.psnrMaxim - a.summary.psnrSpoilt).toBeGreaterThan(4);
});
