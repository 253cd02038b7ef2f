/** The candidates of a choice: their names, the parts they play, and how well they did. */
import type { Frame } from './mechanism';

export const CHOSEN = 'FreSh’s choice';
export const USUAL = 'usual default';
export const BEST = 'best of the sweep';

/** Index of the candidate that the reader looks at: the choice, unless they picked one. */
export const shownIndex = ({ shown, chosen, usual }: Frame) => (shown > 0 ? shown - 1 : (chosen ?? usual));

export const knobName = (f: Frame, i: number) => `${f.symbol} = ${f.knobs[i]}`;

/** The roles that candidates play once known; one candidate may play several. */
export const roles = (f: Frame): { role: string; i: number }[] =>
  [
    { role: USUAL, i: f.usual },
    { role: CHOSEN, i: f.chosen },
    { role: BEST, i: f.best },
  ].filter((r): r is { role: string; i: number } => r.i !== null);

export const finalPsnr = (f: Frame, i: number | null) => (i === null ? null : (f.history.psnr[i]?.at(-1) ?? null));
