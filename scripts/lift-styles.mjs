/**
 * The `style` attributes of a page, most of them KaTeX's, as classes: a content security policy has to refuse such attributes,
 * and a class is shorter than the text that it stands for.
 */

/** Classes for declarations, each made once: `prefix` and a number. */
export class Lifted {
  #prefix;
  #names = new Map();

  constructor(prefix) {
    this.#prefix = prefix;
  }

  classFor(style) {
    const declarations = style
      .trim()
      .replace(/;$/, '')
      .replace(/\s*([:;])\s*/g, '$1');
    if (!this.#names.has(declarations)) this.#names.set(declarations, this.#prefix + this.#names.size.toString(36));
    return this.#names.get(declarations);
  }

  /** As strong as the attributes were: the id, which no element has, lifts the rules over those of any class. */
  get sheet() {
    const rules = [...this.#names].map(([declarations, name]) => `.${name}{${declarations}}`);
    return rules.length > 0 ? `:is(html,#_){${rules.join('')}}` : '';
  }
}

/** The value of an attribute of parse5's `element`. */
export const attributeOf = (element, name) => element.attrs.find((attribute) => attribute.name === name)?.value;

const escaped = (value) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** What to change in the text of a page so that `element` has a class of `lifted` in place of its `style`. */
export function editsFor(element, lifted) {
  const places = element.sourceCodeLocation.attrs;
  const classes = [attributeOf(element, 'class'), lifted.classFor(attributeOf(element, 'style'))]
    .filter(Boolean)
    .join(' ');
  const text = `class="${escaped(classes)}"`;
  if (!places.class) return [{ ...places.style, text }];
  return [
    { ...places.class, text },
    // With the space before it.
    { ...places.style, startOffset: places.style.startOffset - 1, text: '' },
  ];
}
