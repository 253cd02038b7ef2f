/**
 * Symbols in formulas (`\on{spectral-bias.learningRate}{\eta}`) light up the control or chart mark that they mean;
 * citations show their reference. Both on hover and on focus.
 */

/** `spectral-bias.learningRate` is a control, `spectral-bias.target` a mark with the class `mark-target`. */
function meant(link: string): Element[] {
  const [widget, name] = link.split('.');
  const section = document.getElementById(widget as string);
  return [...(section?.querySelectorAll(`[data-param="${name}"], .mark-${name}`) ?? [])];
}

for (const symbol of document.querySelectorAll<HTMLElement>('[data-link]')) {
  const link = symbol.dataset.link as string;
  const light = (on: boolean) => () => {
    for (const element of meant(link)) element.classList.toggle('linked', on);
  };
  symbol.tabIndex = 0;
  // KaTeX hides its HTML from assistive technology; this part can be focused, so it must speak.
  symbol.closest('[aria-hidden]')?.removeAttribute('aria-hidden');
  symbol.setAttribute('role', 'link');
  symbol.setAttribute('aria-label', `${symbol.textContent}: highlights ${link.replace('.', ', ')}`);
  symbol.addEventListener('pointerenter', light(true));
  symbol.addEventListener('pointerleave', light(false));
  symbol.addEventListener('focus', light(true));
  symbol.addEventListener('blur', light(false));
}

// What scrolls sideways must be reachable by keyboard.
for (const scroller of document.querySelectorAll<HTMLElement>(
  '.katex-display, .expressive-code pre, .figure.wide .drawing',
)) {
  scroller.tabIndex = 0;
}

const card = document.createElement('div');
card.className = 'cite-card';
card.hidden = true;
document.body.append(card);

/** What the last tap showed: a finger cannot hover, so its first tap shows the card and its second follows the link. */
let tapped: Element | null = null;

/** They belong to the list. */
const isBackLinks = (node: Node) => node instanceof Element && node.matches('.cited');

function hide(): void {
  card.hidden = true;
  tapped = null;
}

for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#bib-"]')) {
  const show = () => {
    const reference = document.getElementById(link.hash.slice(1));
    if (!reference) return;
    card.replaceChildren(...[...reference.cloneNode(true).childNodes].filter((node) => !isBackLinks(node)));
    card.hidden = false;
    const box = link.getBoundingClientRect();
    const left = Math.min(box.left, innerWidth - card.offsetWidth - 12);
    card.style.translate = `${Math.max(12, left) + scrollX}px ${box.bottom + scrollY + 6}px`;
  };
  link.addEventListener('pointerenter', ({ pointerType }) => pointerType !== 'touch' && show());
  link.addEventListener('focus', show);
  link.addEventListener('pointerleave', ({ pointerType }) => pointerType !== 'touch' && hide());
  link.addEventListener('blur', hide);
  link.addEventListener('click', (event) => {
    const byTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!byTouch || tapped === link) return hide();
    event.preventDefault();
    show();
    tapped = link;
  });
}

addEventListener('keydown', ({ key }) => key === 'Escape' && hide());
addEventListener('pointerdown', ({ target }) => target !== tapped && hide());
