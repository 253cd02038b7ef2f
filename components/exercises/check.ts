/** Checks the answer in an exercise's form. Loaded when the first one is handed in. */
import { type Choice, checkChoice, checkNumber, type NumberAnswer, type Verdict } from '#lab/answers';
import { paint } from './paint';
import { keepSolved, solved } from './store';

/** What the page holds of a check: of a choice, not its text, which stands in the form. */
type Answer = NumberAnswer | { choices: Omit<Choice, 'text'>[] };

export function setSolved(section: HTMLElement, done: boolean): void {
  const id = section.dataset.exercise ?? '';
  keepSolved(done ? [...solved(), id] : solved().filter((other) => other !== id));
  paint();
}

function verdict(form: HTMLFormElement, expects: Answer): Verdict {
  const given = new FormData(form).get('answer');
  if ('number' in expects) return checkNumber(expects, `${given ?? ''}`);
  return checkChoice(expects, given === null ? null : Number(given));
}

/** A form that expects nothing is that of an exercise which readers judge themselves. */
export function check(section: HTMLElement, form: HTMLFormElement): void {
  const { expects } = JSON.parse(section.dataset.check ?? '{}') as { expects?: Answer };
  if (!expects) {
    setSolved(section, !section.classList.contains('solved'));
    return;
  }
  const { right, message } = verdict(form, expects);
  const output = form.querySelector('output');
  if (output) output.textContent = message;
  form.classList.toggle('wrong', !right);
  // A right answer stays right, whatever is tried after it.
  if (right) setSolved(section, true);
}
