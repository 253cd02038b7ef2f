/**
 * The page as slides: its title, figures, widgets, equations and claims, each on the whole screen. The elements stay
 * where they are and are laid over the rest, so that a widget keeps its run. The address names the slide.
 */
import { adopt } from '../shell/adopt';
import sheet from './lecture.css?inline';
import { keyMove, type Move } from './lecture-keys';

const SLIDES = ['header', '.figure', '.experiment', '.claims', '.equation'].map((what) => `.article > ${what}`).join();
const root = document.documentElement;
const slides = [...document.querySelectorAll<HTMLElement>(SLIDES)];

/** The widget's title, or the heading that the slide stands under. */
function titleOf(slide: Element): string {
  const own = slide.querySelector(':scope > header h3')?.textContent;
  if (own) return own;
  let before = slide.previousElementSibling;
  while (before && !/^H[23]$/.test(before.tagName)) before = before.previousElementSibling;
  return before?.textContent ?? document.querySelector('h1')?.textContent ?? '';
}

const place = document.createElement('p');
place.setAttribute('role', 'status');
const bar = document.createElement('nav');
bar.className = 'lecture-bar';
bar.setAttribute('aria-label', 'Lecture');
const buttons: [string, Move][] = [
  ['Previous', -1],
  ['Next', 1],
  ['Leave', 'leave'],
];
const controls = buttons.map(([text, move]) => {
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'button',
    textContent: text,
  });
  button.addEventListener('click', () => go(move));
  return button;
});
bar.append(place, ...controls);

/** Index of the slide that is shown; null outside of the lecture. */
let at: number | null = null;
let opener: HTMLElement;
/** Takes the styles of slides away. */
let unstyle: () => void;

/** The slide that the address asks for. */
function asked(): number | null {
  const number = new URLSearchParams(location.search).get('lecture');
  return number === null ? null : Math.min(slides.length, Math.max(1, Math.trunc(Number(number)) || 1)) - 1;
}

/** The address with another slide, or none. What follows the hash is a widget's state, and stays. */
function addressOf(index: number | null): string {
  const url = new URL(location.href);
  if (index === null) url.searchParams.delete('lecture');
  else url.searchParams.set('lecture', String(index + 1));
  return url.href;
}

function hide(): void {
  const slide = at === null ? undefined : slides[at];
  slide?.classList.remove('slide');
  slide?.removeAttribute('tabindex');
}

function show(index: number): void {
  hide();
  at = index;
  const slide = slides[index] as HTMLElement;
  slide.classList.add('slide');
  slide.tabIndex = 0;
  slide.scrollTop = 0;
  slide.focus({ preventScroll: true });
  place.textContent = `Slide ${index + 1} of ${slides.length}: ${titleOf(slide)}`;
  (controls[0] as HTMLButtonElement).disabled = index === 0;
  (controls[1] as HTMLButtonElement).disabled = index === slides.length - 1;
  history.replaceState(history.state, '', addressOf(index));
}

function leave(): void {
  if (at === null) return;
  const slide = slides[at] as HTMLElement;
  hide();
  at = null;
  root.classList.remove('lecture');
  bar.remove();
  unstyle();
  if (document.fullscreenElement) void document.exitFullscreen();
  history.replaceState(history.state, '', addressOf(null));
  slide.scrollIntoView({ behavior: 'instant', block: 'start' });
  // The button stands on the first slide; further down the reader goes on where the slide stands in the text.
  const next = slide.contains(opener) ? opener : slide;
  if (next === slide) {
    slide.tabIndex = -1;
    slide.addEventListener('blur', () => slide.removeAttribute('tabindex'), { once: true });
  }
  next.focus({ preventScroll: true });
}

function go(move: Move): void {
  if (at === null) return;
  if (move === 'leave') {
    leave();
    return;
  }
  const last = slides.length - 1;
  const to = move === 'first' ? 0 : move === 'last' ? last : Math.min(last, Math.max(0, at + move));
  if (to !== at) show(to);
}

/** A slide that is taller than the screen is read to its end before the arrow leaves it. */
function scrolls(key: string): boolean {
  const { scrollTop, scrollHeight, clientHeight } = slides[at ?? 0] as HTMLElement;
  return (key === 'ArrowDown' && scrollTop + clientHeight < scrollHeight - 1) || (key === 'ArrowUp' && scrollTop > 0);
}

addEventListener('keydown', (event) => {
  const move = at === null ? null : keyMove(event);
  if (move === null || scrolls(event.key)) return;
  event.preventDefault();
  go(move);
});
// The browser's own Escape leaves the full screen without a word to the page's keys.
addEventListener('fullscreenchange', () => {
  if (!document.fullscreenElement) leave();
});
// A link to another place of the page leads there, out of the lecture.
addEventListener('click', ({ target }) => {
  if (at !== null && (target as Element).closest('a[href^="#"]')) leave();
});
addEventListener('popstate', () => {
  const index = asked();
  if (index === null) leave();
  else if (at !== null) show(index);
});

export function open(button: HTMLButtonElement): void {
  if (at !== null) return;
  opener = button;
  const index = asked();
  if (index === null) history.pushState(null, '', addressOf(0));
  unstyle = adopt(sheet);
  root.classList.add('lecture');
  document.body.append(bar);
  show(index ?? 0);
  // Refused without a press of the reader's, and by some browsers always: the window is enough.
  root.requestFullscreen?.().catch(() => {});
}
