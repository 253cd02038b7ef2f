/** Tables in the prose, as assistive technology needs them: named by the heading above, each header with its scope. */

/** @param {import('hast').Nodes} node */
const textOf = (node) => ('value' in node ? node.value : 'children' in node ? node.children.map(textOf).join('') : '');

/** A rehype plugin. */
export const namedTables =
  () =>
  /** @param {import('hast').Root} tree */
  (tree) => {
    let heading = '';
    /** @param {import('hast').Nodes} node */
    const walk = (node) => {
      if (node.type === 'element') {
        if (/^h[1-6]$/.test(node.tagName)) heading = textOf(node);
        if (node.tagName === 'table' && heading) node.properties.ariaLabel = heading;
        if (node.tagName === 'th') node.properties.scope = 'col';
      }
      if ('children' in node) node.children.forEach(walk);
    };
    walk(tree);
  };
