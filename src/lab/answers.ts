/** Checks what a reader answers to an exercise. Runs in the page, and is loaded when an exercise is touched. */

export interface NumberAnswer {
  number: number;
  /** How far an answer may be from `number`; 0 for a whole number that has to be met exactly. */
  tolerance: number;
  unit?: string | undefined;
}

export interface Choice {
  text: string;
  /** Said to whoever chooses this one: why it is right, or what speaks against it. */
  because: string;
  right?: true | undefined;
}

export interface ChoiceAnswer {
  choices: Choice[];
}

export interface Verdict {
  right: boolean;
  message: string;
}

const FORMS = 'a number such as 0.5, .5, 1/2 or 5e-1; a comma may stand for the point';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** 196,608 and 1,500.5: commas between groups of three. "0,500" is a decimal. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;

/** What a decimal without spaces may mean: "1,500" is 1.5 to some readers and 1500 to others. */
function decimals(text: string): number[] {
  const candidates = [text.replace(',', '.')];
  if (GROUPED.test(text)) candidates.push(text.replaceAll(',', ''));
  return candidates.filter((candidate) => DECIMAL.test(candidate)).map(Number);
}

/** Every number that `text` may mean; none where it is not a number. `unit` may stand behind it. */
export function readNumbers(text: string, unit = ''): number[] {
  let plain = text.trim().replace(/[\u2212\u2013]/g, '-');
  if (unit && plain.endsWith(unit)) plain = plain.slice(0, -unit.length);
  plain = plain.trim().replace(/(?<=\d)[\s_\u00a0\u202f](?=\d{3}(?!\d))/g, '');
  const [top = '', bottom, ...more] = plain.split(/\s*\/\s*/);
  if (more.length > 0) return [];
  if (bottom === undefined) return decimals(top).filter(Number.isFinite);
  return decimals(top)
    .flatMap((a) => decimals(bottom).map((b) => a / b))
    .filter(Number.isFinite);
}

const within = (x: number, target: number, tolerance: number) =>
  Math.abs(x - target) <= tolerance + 1e-12 * Math.max(1, Math.abs(target));

export function checkNumber({ number, tolerance, unit }: NumberAnswer, text: string): Verdict {
  const wrong = (message: string): Verdict => ({ right: false, message });
  const behind = unit ? `, and “${unit}” may stand behind it` : '';
  if (text.trim() === '') return wrong(`There is nothing to check yet. Accepted is ${FORMS}${behind}.`);
  const read = readNumbers(text, unit);
  if (read.length === 0) return wrong(`“${text.trim()}” is not a number. Accepted is ${FORMS}${behind}.`);
  const some = (fits: (x: number) => boolean) => read.some(fits);
  if (some((x) => within(x, number, tolerance))) return { right: true, message: 'Right.' };
  const said =
    tolerance > 0 ? `An answer counts within ± ${tolerance}${unit ? ` ${unit}` : ''}` : 'Only the exact number counts';
  // A miss that rounding explains. Which way it lies is not said.
  const near = Math.max(4 * tolerance, 0.03 * Math.abs(number));
  if (some((x) => within(x, number, near))) return wrong(`Close, but not there. ${said}.`);
  if (number !== 0 && some((x) => within(-x, number, tolerance))) return wrong('The size is right; look at the sign.');
  const power = (x: number) => 10 ** Math.round(Math.log10(Math.abs(x / number)));
  if (
    number !== 0 &&
    some(
      (x) => x !== 0 && power(x) !== 1 && within(x / power(x), number, Math.max(tolerance, 0.005 * Math.abs(number))),
    )
  )
    return wrong('The digits fit; count the powers of ten again.');
  return wrong(`That is not it. ${said}.`);
}

/** `chosen` is the place in the list, or null where nothing is chosen. */
export function checkChoice({ choices }: { choices: readonly Omit<Choice, 'text'>[] }, chosen: number | null): Verdict {
  const choice = chosen === null ? undefined : choices[chosen];
  if (!choice) return { right: false, message: 'There is nothing to check yet. Choose one of the answers.' };
  return { right: choice.right === true, message: `${choice.right ? 'Right.' : 'Not that one.'} ${choice.because}` };
}
