/** A state of a widget that an exercise asks for: whether a run has reached it. */
import type { Summary } from './experiment';
import type { AnyValue, AnyValues } from './params';

export interface Goal {
  /** The experiment, `slug/name`. */
  of: string;
  /** A name in its summary … */
  summary: string;
  /** … and how the page calls that number. */
  what: string;
  atLeast?: number | undefined;
  atMost?: number | undefined;
  /** Parameters that have to have these values. */
  where?: Record<string, AnyValue> | undefined;
}

/** What a widget tells the page of each frame that it computed here. A recorded frame is never told. */
export interface Ran {
  id: string;
  /** Of the run that made the frame. */
  params: AnyValues;
  step: number;
  /** 0 for a calculator. */
  end: number;
  summary: Summary;
}

/** Whether the run meets the goal. The initial state of a run that has steps does not count. */
export function reached(goal: Goal, { id, params, step, end, summary }: Ran): boolean {
  if (id !== goal.of || (end > 0 && step === 0)) return false;
  const value = summary[goal.summary];
  if (value === null || value === undefined || !Number.isFinite(value)) return false;
  if (goal.atLeast !== undefined && value < goal.atLeast) return false;
  if (goal.atMost !== undefined && value > goal.atMost) return false;
  return Object.entries(goal.where ?? {}).every(
    ([name, wanted]) => JSON.stringify(params[name]) === JSON.stringify(wanted),
  );
}

/** "loss at least 1 and at most 2". */
export function goalText({ what, atLeast, atMost }: Goal): string {
  const said = (words: string, bound: number | undefined) =>
    bound === undefined ? '' : `${words} ${bound}`.replace('-', '−');
  const bounds = [said('at least', atLeast), said('at most', atMost)];
  return `${what} ${bounds.filter(Boolean).join(' and ')}`;
}
