import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { awake, beyond, button, chartsOf, noticesOf, pause, soon, stepOf, withBrowser } from './site';

const open = withBrowser();

/** A PNG of stripes, 40 pixels wide and 30 high. */
const stripes = Buffer.from(
  encode({
    width: 40,
    height: 30,
    channels: 1,
    data: Uint8Array.from({ length: 1200 }, (_, i) => (i % 8 < 4 ? 20 : 230)),
  }),
);

/** A white PNG of `side` x `side` pixels, one bit each: megapixels in a few kilobytes. */
function huge(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = Buffer.alloc((1 + Math.ceil(side / 8)) * side);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const control = (section: Locator) => section.locator('[data-param=image]');
const give = (section: Locator, name: string, mimeType: string, buffer: Buffer) =>
  control(section).locator('input').setInputFiles({ name, mimeType, buffer });

test('a picture of the reader restarts the widget with it, and can be taken back', async () => {
  const section = await awake(await open('papers/fresh/'), 'choice');
  const first = await chartsOf(section);
  await button(section, 'Run').click();
  await beyond(section, 10);
  await pause(section);
  await give(section, 'stripes.png', 'image/png', stripes);
  await expect.poll(() => stepOf(section), soon).toBe(0);
  await expect.poll(() => control(section).textContent(), soon).toContain('stripes.png');
  await expect.poll(() => chartsOf(section), soon).not.toEqual(first);
  expect(await noticesOf(section)).toEqual([]);

  await button(section, 'Back to the picture before').click();
  await expect.poll(() => control(section).textContent(), soon).not.toContain('stripes.png');
  await expect.poll(() => chartsOf(section), soon).toEqual(first);
});

test('a link says that it cannot hold the picture', async () => {
  const section = await awake(await open('papers/fresh/'), 'choice');
  await give(section, 'stripes.png', 'image/png', stripes);
  await expect.poll(() => control(section).textContent(), soon).toContain('stripes.png');
  await button(section, 'Copy link').click();
  await expect.poll(() => section.locator('.said').textContent(), soon).toContain('not part of the link');
});

test('what is no picture, damaged or too large is refused with a message, and nothing else changes', async () => {
  const section = await awake(await open('papers/fresh/'), 'choice');
  await button(section, 'Run').click();
  await beyond(section, 10);
  await pause(section);
  const [step, charts] = [await stepOf(section), await chartsOf(section)];
  const refused = [
    {
      name: 'notes.txt',
      type: 'text/plain',
      bytes: Buffer.from('no picture'),
      says: /"notes.txt" is not a picture.*PNG/,
    },
    { name: 'broken.png', type: 'image/png', bytes: stripes.subarray(0, 20), says: /"broken.png" could not be read/ },
    { name: 'huge.png', type: 'image/png', bytes: huge(10_000), says: /10000 × 10000 pixels \(100 megapixels\).*50/ },
  ];
  for (const { name, type, bytes, says } of refused) {
    await give(section, name, type, bytes);
    await expect.poll(() => noticesOf(section), soon).toEqual([expect.stringMatching(says)]);
    expect(await control(section).textContent()).toContain('Choose, drop or paste a picture');
    expect(await stepOf(section)).toBe(step);
    expect(await chartsOf(section)).toEqual(charts);
  }
  await button(section, 'Step').click();
  await expect.poll(() => stepOf(section), soon).toBe(step + 1);
});

test('a digit drawn by hand is asked about, with the pointer or with the keys, and can be taken back', async () => {
  const section = await awake(await open('papers/raft-mlp/'), 'answers');
  const own = section.locator('[data-param=own]');
  const pad = own.getByRole('application');
  const first = await chartsOf(section);

  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('The pad is not on the screen.');
  const { mouse, keyboard } = section.page();
  await mouse.move(box.x + box.width / 2, box.y + box.height / 5);
  await mouse.down();
  await mouse.move(box.x + box.width / 2, box.y + (4 * box.height) / 5, { steps: 8 });
  await mouse.up();
  await expect.poll(() => own.textContent(), soon).toContain('your drawing');
  await expect.poll(() => chartsOf(section), soon).not.toEqual(first);
  const drawn = await chartsOf(section);

  await pad.focus();
  for (let i = 0; i < 4; i++) await keyboard.press('Shift+ArrowRight');
  await expect.poll(() => chartsOf(section), soon).not.toEqual(drawn);

  await button(section, 'Back to the picture before').click();
  await expect.poll(() => chartsOf(section), soon).toEqual(first);
  expect(await noticesOf(section)).toEqual([]);
});
