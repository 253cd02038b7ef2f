/**
 * Makes the links of permanent addresses copy them: one listener and one live region for the page. An element that has a link
 * to itself (a figure's number, a claim's head) keeps it; the title of any other becomes one.
 */
import { PERMANENT } from '#site/permanent';
import { adopt } from './adopt';
import css from './permalinks.css?inline';

const ICON = `<svg class="copy-icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"><path d="M6.5 9.5 a2.5 2.5 0 0 0 3.6 0 l3-3 a2.5 2.5 0 0 0-3.6-3.6 l-1 1 M9.5 6.5 a2.5 2.5 0 0 0-3.6 0 l-3 3 a2.5 2.5 0 0 0 3.6 3.6 l1-1"/></svg>`;

/** Turns the title into the link; one that holds links already gets a further one. */
function addLink(host: HTMLElement): HTMLAnchorElement {
  const title = host.querySelector('h4') ?? host;
  const link = document.createElement('a');
  link.href = `#${host.id}`;
  link.classList.add('of-title');
  if (title.querySelector('a, [tabindex]')) link.setAttribute('aria-label', 'Link to this section');
  else link.append(...title.childNodes);
  title.append(link);
  return link;
}

function prepare(host: HTMLElement): void {
  const link = host.querySelector<HTMLAnchorElement>(`a[href="#${host.id}"]`) ?? addLink(host);
  if (link.textContent === '#') link.replaceChildren();
  link.insertAdjacentHTML('beforeend', ICON);
  link.classList.add('copies');
  link.title = 'Copy the link';
  host.classList.add('permanent');
}

const status = document.createElement('p');
status.className = 'copied';
status.setAttribute('role', 'status');
let silence: number | undefined;

function say(message: string): void {
  clearTimeout(silence);
  status.textContent = message;
  silence = window.setTimeout(() => {
    status.textContent = '';
  }, 4000);
}

/** The address without the query, which asks for a way of computing or showing, not for a place. */
async function copy(link: HTMLAnchorElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}${link.hash}`);
    say('Link copied.');
  } catch {
    // Forbidden, or an address without https, where there is no clipboard.
    location.hash = link.hash;
    say('This browser does not let the page copy. The link is in the address bar now.');
  }
}

adopt(css);
for (const host of document.querySelectorAll<HTMLElement>(PERMANENT)) prepare(host);
document.body.append(status);

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a.copies') : null;
  // With a key held down the reader wants another tab or window.
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void copy(link);
});
