import { expect, test } from 'vitest';
import { awake, button, chartsOf, noticesOf, soon, withBrowser } from './site';

const open = withBrowser();

const network = (activation: string) =>
  JSON.stringify({
    layers: [
      {
        weight: [
          [1, 0.5],
          [0.2, -1],
        ],
        activation,
      },
      { weight: [[1, 1]] },
    ],
  });

test('a network as JSON is checked, used, and part of the link', async () => {
  const page = await open('papers/lipsdp/');
  const section = await awake(page, 'bound');
  const field = section.locator('[data-param=network] textarea');
  const before = await chartsOf(section);

  for (const [text, message] of [
    ['{"layers": [', /this is not JSON/],
    [network('swish'), /activation of layer 1 is "swish"; accepted are relu/],
  ] as const) {
    await field.fill(text);
    await button(section, 'Use it').click();
    await expect.poll(() => noticesOf(section), soon).toEqual([expect.stringMatching(message)]);
    expect(await chartsOf(section)).toEqual(before);
    expect(await field.inputValue(), 'the text stays, to be mended').toBe(text);
  }

  await field.fill(network('maxmin'));
  await button(section, 'Use it').click();
  await expect.poll(() => noticesOf(section), soon).toEqual([]);
  await expect.poll(() => chartsOf(section), soon).not.toEqual(before);
  await expect.poll(() => page.url(), soon).toContain('network=');
});
