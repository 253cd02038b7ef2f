/** What paper needs and the screen does not: the page's address with its code, links as notes, a running title. */
import { renderSVG } from 'uqr';
import { adopt } from '../shell/adopt';
import { element } from './elements';
import sheet from './paper.css?inline';

/** Parts that are not printed: see `src/styles/print.css`. */
const UNPRINTED = 'nav, .needs-js, .experiment details, .exercise details:not([open])';

/** The address without what every address has, to see whether a link's text is its address already. */
const bare = (address: string) => address.replace(/^https?:\/\/|\/$/g, '');

/** Numbers the links that lead away and lists their addresses behind the text. */
function notes(article: Element): Element[] {
  const list = element('ol', '', { className: 'link-notes' });
  const numbers = new Map<string, number>();
  const marks: Element[] = [];
  for (const link of article.querySelectorAll<HTMLAnchorElement>('a[href^="http"]')) {
    if (link.origin === location.origin || link.closest(UNPRINTED)) continue;
    if (bare(link.textContent.trim()) === bare(link.href)) continue;
    let number = numbers.get(link.href);
    if (number === undefined) {
      number = numbers.size + 1;
      numbers.set(link.href, number);
      list.append(element('li', link.href));
    }
    const mark = element('sup', String(number), { className: 'link-note' });
    link.after(mark);
    marks.push(mark);
  }
  if (numbers.size === 0) return [];
  const section = element('section', '', { className: 'link-notes-section' });
  section.append(element('h2', 'Addresses of the links'), list);
  article.append(section);
  return [...marks, section];
}

/** The address of the page itself and a code that a telephone can read. */
function address(article: Element): Element {
  const href = (document.querySelector('link[rel=canonical]') as HTMLLinkElement).href;
  const block = element('aside', '', { className: 'paper-address' });
  const code = element('div', '', { className: 'paper-code' });
  code.innerHTML = renderSVG(href, { border: 2 });
  code.firstElementChild?.setAttribute('role', 'img');
  code.firstElementChild?.setAttribute('aria-label', 'Code with the address of this page');
  const link = element('a', href, { href });
  const text = element('p', 'This page runs, with all its widgets, at ');
  text.append(link);
  block.append(code, text);
  article.querySelector('header')?.append(block);
  return block;
}

/** Pictures that were not near yet have to be there before the page is. */
const pictures = () =>
  Promise.all(
    [...document.images].map((image) => {
      image.loading = 'eager';
      return image.decode().catch(() => {});
    }),
  );

/** Opens what is folded away in the text, but for answers: the reader opens those that are to be printed. */
function unfold(article: Element): HTMLDetailsElement[] {
  const folded = [...article.querySelectorAll<HTMLDetailsElement>(':scope > details:not([open])')];
  for (const details of folded) details.open = true;
  return folded;
}

/** Adds all of it to the page; resolves to what takes it away again. */
export async function prepare(): Promise<() => void> {
  const article = document.querySelector('.article');
  if (!article) return () => {};
  await pictures();
  const unfolded = unfold(article);
  const added = [address(article), ...notes(article)];
  const title = JSON.stringify(document.title);
  const unstyle = adopt(`${sheet}\n@page { @top-center { content: ${title}; font: 8pt sans-serif; } }`);
  return () => {
    for (const element of added) element.remove();
    for (const details of unfolded) details.open = false;
    unstyle();
  };
}
