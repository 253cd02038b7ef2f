import { expect, test } from 'vitest';
import { DIGITS_EACH, loadDigits } from '#data/digits';
import { loadPublic } from '#lab/node';

test('the sheet of digits holds as many samples as it says, no digit more often than another, and none twice', async () => {
  const { train, heldOut } = await loadDigits(loadPublic);
  for (const [part, each] of [
    [train, DIGITS_EACH.train],
    [heldOut, DIGITS_EACH.heldOut],
  ] as const) {
    expect(part.inputs).toHaveLength(10 * each);
    for (let digit = 0; digit < 10; digit++) expect(part.labels.filter((label) => label === digit)).toHaveLength(each);
    for (const image of part.inputs) expect(image).toHaveLength(64);
  }
  const all = [...train.inputs, ...heldOut.inputs].map((image) => image.join());
  expect(new Set(all).size).toBe(all.length);
});

test('a sample is cut where it stands: ones are narrow, zeros are hollow', async () => {
  const { train } = await loadDigits(loadPublic);
  const mean = (digit: number, at: number) => {
    const images = train.inputs.filter((_, i) => train.labels[i] === digit);
    return images.reduce((sum, image) => sum + (image[at] as number), 0) / images.length;
  };
  const [middle, left] = [8 * 4 + 4, 8 * 4 + 1];
  expect(mean(1, middle)).toBeGreaterThan(0.6);
  expect(mean(1, left)).toBeLessThan(0.05);
  expect(mean(0, middle)).toBeLessThan(0.2);
  expect(mean(0, left)).toBeGreaterThan(0.2);
});
