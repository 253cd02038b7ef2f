/** Elements that tools make when they are used. */

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = '',
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

/** One of several, the first to begin with. */
export function radios(
  legend: string,
  names: readonly string[],
  changed: () => void,
): { fieldset: HTMLFieldSetElement; value(): string } {
  const fieldset = element('fieldset');
  fieldset.append(element('legend', legend));
  for (const [i, name] of names.entries()) {
    const label = element('label');
    label.append(element('input', '', { type: 'radio', name: legend, value: name, checked: i === 0 }), name);
    fieldset.append(label);
  }
  fieldset.addEventListener('change', changed);
  return { fieldset, value: () => fieldset.querySelector<HTMLInputElement>(':checked')?.value ?? '' };
}
