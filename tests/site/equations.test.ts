/** What authors write for permanent addresses, and what the build says when it is wrong. */
import { createMarkdownProcessor } from '@astrojs/markdown-remark';
import remarkMath from 'remark-math';
import { expect, test, vi } from 'vitest';
import { addresses } from '../../scripts/addresses.mjs';

const processor = await createMarkdownProcessor({ remarkPlugins: [remarkMath, addresses] });
const html = async (text: string) => (await processor.render(text)).code;

test('an equation has the id that it is given and the number of its place, and links without a text name it', async () => {
  const page = await html('$$ [#eq-one]\na\n$$\n\n> $$ [#eq-two]\n> b\n> $$\n\nSee [](#eq-two), [this](#eq-one).');
  expect(page).toMatch(/<div class="equation" id="eq-one">[\s\S]*<a href="#eq-one">\(1\)<\/a>\s*<\/div>/);
  expect(page).toMatch(/<div class="equation" id="eq-two">[\s\S]*<a href="#eq-two">\(2\)<\/a>\s*<\/div>/);
  expect(page).toContain('See <a href="#eq-two">(2)</a>, <a href="#eq-one">this</a>.');
});

test.for([
  ['$$\na\n$$', /needs a name.*it has no name.*\[#eq-…\]/],
  ['$$ [#pace]\na\n$$', /"\[#pace\]" cannot name it/],
  ['$$ eq-pace\na\n$$', /"eq-pace" cannot name it/],
  ['$$ [#eq-a]\na\n$$\n\n$$ [#eq-a]\nb\n$$', /Two equations.*eq-a/],
  ['## Title [#Old title]', /"\[#Old title\]" cannot name a heading.*lower-case/],
] as const)('the build stops at %s', async ([text, message]) => {
  // The processor prints what it throws.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  await expect(html(text)).rejects.toThrow(message);
});

test('a heading keeps the address that is written behind it, and does not show it', async () => {
  expect(await html('## A better *title* here [#old-title]')).toContain(
    '<h2 id="old-title">A better <em>title</em> here</h2>',
  );
  expect(await html('## Its own')).toContain('<h2 id="its-own">Its own</h2>');
});
