import { expect, test } from 'vitest';
import { awake, button, live, noticesOf, soon, withBrowser } from './site';

const open = withBrowser();

const path = 'papers/lipsdp/';
const anchor = 'bound';

/** One MaxMin pair between two identities: the constant is 1, the product of norms too. */
const pair = {
  layers: [
    {
      weight: [
        [1, 0],
        [0, 1],
      ],
      activation: 'maxmin',
    },
    {
      weight: [
        [1, 0],
        [0, 1],
      ],
    },
  ],
};
const ragged = { layers: [{ weight: [[1, 0], [0]], activation: 'maxmin' }, { weight: [[1, 0]] }] };

test('a pasted network replaces the one on the screen; one that is refused leaves a message and changes nothing', async () => {
  const section = await awake(await open(path), anchor);
  const ladder = () => section.locator('[data-chart=ladder] .plot').textContent();
  const before = await ladder();
  const paste = async (network: object) => {
    await section.locator('textarea').fill(JSON.stringify(network));
    await button(section, 'Use it').click();
  };
  await paste(ragged);
  await expect.poll(() => noticesOf(section), soon).toEqual(['network: layer 1, row 2 has 1 number, but row 1 has 2.']);
  expect(await ladder()).toBe(before);
  await section.locator('textarea').fill('{"layers": [');
  await button(section, 'Use it').click();
  await expect.poll(() => noticesOf(section), soon).toEqual([expect.stringContaining('this is not JSON')]);
  expect(await section.locator('textarea').inputValue(), 'the text stays, to be mended').toBe('{"layers": [');
  await paste(pair);
  await expect.poll(ladder, soon).not.toBe(before);
  expect(await noticesOf(section)).toEqual([]);
});

test('a network travels in an address, and is checked there', async () => {
  const hash = (network: object) => `${path}#${anchor}?network=${encodeURIComponent(JSON.stringify(network))}`;
  const good = (await open(hash(pair))).locator(`#${anchor}`);
  await live(good);
  expect(await noticesOf(good)).toEqual([]);
  await expect.poll(() => good.locator('[data-chart=layers] .plot').textContent(), soon).toContain('W1: 2 to 2');
  const bad = (await open(hash(ragged))).locator(`#${anchor}`);
  await expect.poll(() => noticesOf(bad), soon).toEqual(['network: layer 1, row 2 has 1 number, but row 1 has 2.']);
});
