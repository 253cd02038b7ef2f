// @ts-check
/**
 * A remark plugin for permanent addresses. The author names every display equation, `$$ [#eq-pace]`, and may name a
 * heading, `## A better title [#old-title]`, which keeps its address when the title is mended. `[](#eq-pace)` in the
 * text becomes a link with the number that the equation has on the page.
 */
import { visit } from 'unist-util-visit';

const NAME = /^\[#([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\]$/;
const ACCEPTED = 'lower-case words and digits joined by hyphens, as in [#eq-pace]';

/** @typedef {import('mdast').Root} Root */

/** Takes the name from the end of a heading; one without keeps the id that comes from its text. */
const nameHeadings = (/** @type {Root} */ tree, /** @type {import('vfile').VFile} */ file) =>
  visit(tree, 'heading', (heading) => {
    const last = heading.children.at(-1);
    const at = last?.type === 'text' ? last.value.lastIndexOf('[#') : -1;
    if (last?.type !== 'text' || at < 0) return;
    const [, id] = NAME.exec(last.value.slice(at)) ?? [];
    if (!id) file.fail(`"${last.value.slice(at)}" cannot name a heading. A name is ${ACCEPTED}.`, heading);
    last.value = last.value.slice(0, at).trimEnd();
    heading.data = { ...heading.data, hProperties: { id } };
  });

/** Gives each display equation its id and its number, and returns the numbers by id. */
function nameEquations(/** @type {Root} */ tree, /** @type {import('vfile').VFile} */ file) {
  /** @type {Map<string, string>} */
  const numbers = new Map();
  visit(tree, 'math', (math, index, parent) => {
    const [, id] = NAME.exec(math.meta ?? '') ?? [];
    if (!id?.startsWith('eq-')) {
      const said = math.meta ? `"${math.meta}" cannot name it` : 'it has no name';
      file.fail(`A display equation needs a name for its address, but ${said}. Write $$ [#eq-…]: ${ACCEPTED}.`, math);
    }
    if (numbers.has(id)) file.fail(`Two equations of this page are named ${id}.`, math);
    if (!parent || index === undefined) return;
    const number = `(${numbers.size + 1})`;
    numbers.set(id, number);
    // The names of the elements are those in `data`; the types are only the nearest that Markdown has.
    parent.children[index] = {
      type: 'blockquote',
      data: { hName: 'div', hProperties: { className: ['equation'], id } },
      children: [
        math,
        {
          type: 'paragraph',
          data: { hName: 'a', hProperties: { href: `#${id}` } },
          children: [{ type: 'text', value: number }],
        },
      ],
    };
    return index + 1;
  });
  return numbers;
}

/** Writes the numbers of equations into links that say nothing of their own. */
const fillLinks = (/** @type {Root} */ tree, /** @type {Map<string, string>} */ numbers) =>
  visit(tree, 'link', (link) => {
    const number = numbers.get(link.url.slice(1));
    if (number && link.children.length === 0) link.children.push({ type: 'text', value: number });
  });

export const addresses = () => (/** @type {Root} */ tree, /** @type {import('vfile').VFile} */ file) => {
  nameHeadings(tree, file);
  fillLinks(tree, nameEquations(tree, file));
};
