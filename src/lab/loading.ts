/** Reading files for one session: how far it is, and how to stop it. */
import type { Loader } from './run';
import { RunStopped } from './stopped';

/** Bytes of the files on their way; `total` is null where a server does not say it. */
export interface Progress {
  loaded: number;
  total: number | null;
}

/** Reads one file; tells how far it is as often as it likes, and rejects when `signal` says stop. */
export type Fetcher = (
  path: string,
  listen?: { signal: AbortSignal; onBytes: (progress: Progress) => void },
) => Promise<Uint8Array>;

export class Loading {
  private abort = new AbortController();
  private readonly files = new Map<string, Progress>();
  private underWay = 0;

  /** `tell` hears the sum over all files, and null when nothing is on its way any more. */
  constructor(
    private readonly fetcher: Fetcher,
    private readonly tell: (progress: Progress | null) => void,
  ) {}

  readonly load: Loader = async (path) => {
    const { signal } = this.abort;
    this.underWay++;
    try {
      return await this.fetcher(path, { signal, onBytes: (progress) => this.count(path, progress) });
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new RunStopped('Loading was stopped.', 'Try again, or change a control: what has arrived is kept.');
    } finally {
      this.underWay--;
      if (this.underWay === 0 && this.files.size > 0) {
        this.files.clear();
        this.tell(null);
      }
    }
  };

  /** Gives up what is on its way; the next `load` starts afresh. */
  stop(): void {
    this.abort.abort();
    this.abort = new AbortController();
  }

  private count(path: string, progress: Progress): void {
    this.files.set(path, progress);
    const sum = { loaded: 0, total: 0 as number | null };
    for (const { loaded, total } of this.files.values()) {
      sum.loaded += loaded;
      sum.total = sum.total === null || total === null ? null : sum.total + total;
    }
    this.tell(sum);
  }
}
