/** Work that is worth doing once the last of it is over, and then only as of that moment. */

/** Runs `work` one at a time; calls that come while it runs share the next one. */
export class Latest<T> {
  private under: Promise<unknown> = Promise.resolve();
  private next: Promise<T> | null = null;

  constructor(private readonly work: () => Promise<T>) {}

  /** Whether a call waits for its turn. */
  get waiting(): boolean {
    return this.next !== null;
  }

  call(): Promise<T> {
    this.next ??= this.under.then(() => {
      this.next = null;
      const done = this.work();
      // A failure is its callers' to hear; the next call has its turn all the same.
      this.under = done.catch(() => {});
      return done;
    });
    return this.next;
  }
}
