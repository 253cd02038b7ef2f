/** 'Cite': a page, its paper or a run, in five formats, to copy; the files to download. The texts are made at build. */
import type { Citations } from '#site/citations';
import { fill } from '#site/run-template';
import { adopt } from '../shell/adopt';
import styles from './cite.css?inline';
import type { CitedRun } from './cited-run';
import { element, radios } from './elements';

adopt(styles);

type Texts = Record<string, string>;

/** By folder. */
const fetched = new Map<string, Promise<Citations>>();

async function fetchCitations(folder: string): Promise<Citations> {
  const answer = await fetch(`${folder}citations.json`);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.json();
}

function citationsIn(folder: string): Promise<Citations> {
  const citations = fetched.get(folder) ?? fetchCitations(folder);
  fetched.set(folder, citations);
  return citations;
}

/** Everything that can be cited here, by what it is called; the run first where there is one. */
function choices({ page, paper, runs }: Citations, run: CitedRun | undefined): Record<string, Texts> {
  const templates = run && runs[run.anchor];
  if (!templates) return { 'This page': page, 'The paper': paper };
  const texts = Object.entries(templates).map(([format, template]) => [format, fill(template, run)]);
  return { 'This run': Object.fromEntries(texts), 'This page': page, 'The paper': paper };
}

function downloads(folder: string): HTMLElement {
  const line = element('p', 'Page and paper as files: ');
  const kinds = Object.entries({ bib: 'BibTeX', ris: 'RIS', json: 'CSL-JSON' });
  for (const [i, [kind, name]] of kinds.entries())
    line.append(i > 0 ? ', ' : '', element('a', name, { href: `${folder}cite.${kind}`, download: '' }));
  return line;
}

/** Copies; what became of it is said. */
async function copy(text: HTMLTextAreaElement, said: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text.value);
    said.textContent = 'Copied.';
  } catch {
    // No permission to write to the clipboard.
    text.select();
    said.textContent = 'The browser does not let this page copy. The text is selected: press Ctrl+C or ⌘C.';
  }
}

/** What can be chosen, and what comes of it. */
function chooser(
  texts: Record<string, Texts>,
  missing: string,
  said: HTMLElement,
): { parts: Node[]; copier: HTMLElement } {
  const text = element('textarea', '', { readOnly: true, ariaLabel: 'Citation' });
  const note = element('p', missing);
  const update = () => {
    text.value = texts[what.value()]?.[format.value()]?.trim() ?? '';
    note.hidden = what.value() !== 'This run';
    said.textContent = '';
  };
  const what = radios('Cite', Object.keys(texts), update);
  const format = radios('Format', Object.keys(texts['This page'] ?? {}), update);
  const copier = element('button', 'Copy', { type: 'button', className: 'button primary' });
  copier.addEventListener('click', () => copy(text, said));
  update();
  return { parts: [what.fieldset, format.fieldset, text, note], copier };
}

/** Opens the dialog at the page, or at a run of one of its widgets. */
async function show(button: HTMLButtonElement, run?: CitedRun): Promise<void> {
  const base = document.documentElement.dataset.base ?? '/';
  const folder = run ? `${base}papers/${run.slug}/` : './';
  const dialog = element('dialog', '', { className: 'cite-dialog' });
  dialog.setAttribute('aria-labelledby', 'cite-title');
  const said = element('p', 'Loading …', { role: 'status' });
  const close = element('button', 'Close', { type: 'button', className: 'button' });
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    button.focus();
  });
  const row = element('div', '', { className: 'row' });
  row.append(close, said);
  const guide = element('p');
  guide.append(element('a', 'What a citation guarantees', { href: `${base}guides/citing/` }));
  dialog.append(element('h2', 'Cite', { id: 'cite-title' }), row, downloads(folder), guide);
  document.body.append(dialog);
  dialog.showModal();
  try {
    const texts = choices(await citationsIn(folder), run);
    const { parts, copier } = chooser(texts, run?.missing.join(' ') ?? '', said);
    row.before(...parts);
    row.prepend(copier);
    dialog.querySelector('input')?.focus();
  } catch (error) {
    fetched.delete(folder);
    said.textContent = `The citations could not be loaded. ${(error as Error).message} Close this and try again, or take the files.`;
  }
}

export const open = (button: HTMLButtonElement) => show(button);
export const openRun = show;
