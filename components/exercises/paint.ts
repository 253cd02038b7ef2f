/** Puts what is solved on the page: the marks of exercises, and counts. */
import { solved } from './store';

export function paint(): void {
  const ids = solved();
  for (const section of document.querySelectorAll<HTMLElement>('.exercise'))
    section.classList.toggle('solved', ids.includes(section.dataset.exercise ?? ''));
  for (const count of document.querySelectorAll<HTMLElement>('[data-solved-of]'))
    count.textContent = `${ids.filter((id) => id.startsWith(`${count.dataset.solvedOf}/`)).length}`;
}
