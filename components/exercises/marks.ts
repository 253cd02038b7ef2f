/** The marks of solved exercises. What checks comes when an exercise is handed in or a widget has run. */
import type { Ran } from '#lab/goal';
import { paint } from './paint';

paint();

const sections = [...document.querySelectorAll<HTMLElement>('.exercise')];
for (const section of sections) {
  const form = section.querySelector('form');
  form?.addEventListener('submit', async (event) => {
    event.preventDefault();
    (await import('./check')).check(section, form);
  });
}
document.addEventListener('ran', async ({ detail }: CustomEventInit<Ran>) => {
  if (detail) (await import('./goals')).judge(sections, detail);
});
