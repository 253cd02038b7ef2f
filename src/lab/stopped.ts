/** How a run ends before its time; apart from what runs it, so that a description may say it without loading tfjs. */

/** A run that cannot go on, with what the reader can do about it. Its last good frame stays valid. */
export class RunStopped extends Error {
  override name = 'RunStopped';
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** Throws {@link RunStopped} (the runtime adds step and hint) if `value` is NaN or infinite; returns it else. */
export function finite(what: string, value: number): number {
  if (!Number.isFinite(value)) throw new RunStopped(`${what} is ${value}`, '');
  return value;
}
