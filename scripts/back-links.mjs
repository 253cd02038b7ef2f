// @ts-check
/** A rehype plugin, after rehype-citation: each entry of the list of references links back to the places that cite it. */
import { visit } from 'unist-util-visit';

/** @typedef {import('hast').Element} Element */

const classesOf = (/** @type {Element} */ { properties }) => [properties.className ?? properties.class].flat();

/** By the id of the entry, the ids of the places in the order of the text. */
function citedPlaces(/** @type {import('hast').Root} */ tree) {
  /** @type {Map<string, Set<string>>} */
  const places = new Map();
  visit(tree, 'element', (place) => {
    const { id } = place.properties;
    if (typeof id !== 'string' || !id.startsWith('citation--')) return;
    visit(place, 'element', ({ properties: { href } }) => {
      if (typeof href !== 'string' || !href.startsWith('#bib-')) return;
      const entry = href.slice(1);
      places.set(entry, (places.get(entry) ?? new Set()).add(id));
    });
  });
  return places;
}

/** @returns {Element} */
const link = (/** @type {string} */ id, /** @type {number} */ i) => ({
  type: 'element',
  tagName: 'a',
  properties: { href: `#${id}`, ariaLabel: `${i + 1}, back to the text` },
  children: [{ type: 'text', value: `${i + 1}` }],
});

export const backLinks = () => (/** @type {import('hast').Root} */ tree) => {
  const places = citedPlaces(tree);
  visit(tree, 'element', (entry) => {
    if (!classesOf(entry).includes('csl-entry')) return;
    const ids = [...(places.get(`${entry.properties.id}`) ?? [])];
    if (ids.length === 0) return;
    const links = ids.flatMap((id, i) => [/** @type {const} */ ({ type: 'text', value: ' ' }), link(id, i)]);
    entry.children.push(
      { type: 'text', value: ' ' },
      {
        type: 'element',
        tagName: 'span',
        properties: { className: ['cited'] },
        children: [{ type: 'text', value: 'Cited:' }, ...links],
      },
    );
  });
};
