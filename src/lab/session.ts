/**
 * A run that a widget drives from outside: play, pause, step, reset. Lives in a worker, beside other sessions; takes
 * the machine in short slices so that they all move. Frames go out only when the last one was taken in.
 */
import { type BackendName, backendTitles } from './backend-names';
import { candidates, useBackend } from './backends';
import type { AnyExperiment, Summary } from './experiment';
import { fingerprint } from './fingerprint';
import { Latest } from './latest';
import { type Fetcher, Loading, type Progress } from './loading';
import type { AnyValues } from './params';
import { type AnyRun, startAny } from './run';
import { RunStopped } from './stopped';
import { breathe, inTurn, TURN_MS } from './turns';
import { differing } from './values';

/** What a session tells its widget. */
export type SessionEvent =
  | {
      type: 'frame';
      /** What this frame was computed with; the page may have moved on meanwhile. */
      params: AnyValues;
      step: number;
      end: number;
      frame: unknown;
      summary: Summary;
      fingerprint: string;
      backend: BackendName;
    }
  | { type: 'status'; status: 'idle' | 'running' | 'done' | 'stopped'; stepsPerSecond: number | null }
  | { type: 'notice'; message: string }
  /** Files on their way; null once none is. */
  | { type: 'loading'; progress: Progress | null };

/** Resolves when the widget has drawn the event. */
export type Listener = (event: SessionEvent) => void | Promise<void>;

export class Session {
  private run: AnyRun | null = null;
  private backend: BackendName;
  private readonly options: BackendName[];
  /** Steps to take; whoever lowers it to 0 pauses. Kept in `paused` for those who want to go on. */
  private target = 0;
  private paused = 0;
  /** The target is the end of the run, wherever that is for the parameters in force. */
  private toEnd = false;
  private looping: Promise<void> | null = null;
  private pace = Number.POSITIVE_INFINITY;
  private closed = false;
  private readonly loading: Loading;
  /** Sends the frame of now, once the last one is on the screen. */
  private readonly frames = new Latest(() => this.send());

  constructor(
    private readonly experiment: AnyExperiment,
    private params: AnyValues,
    fetcher: Fetcher,
    private readonly tell: Listener,
    wish?: BackendName,
  ) {
    this.options = candidates(wish ?? experiment.prefers);
    this.backend = this.options[0] as BackendName;
    this.loading = new Loading(fetcher, (progress) => void this.tell({ type: 'loading', progress }));
  }

  /** Builds the initial state and shows it; false where that failed, and the reader has been told. */
  open(): Promise<boolean> {
    return this.showAtRest();
  }

  /** Gives up the files on their way; whatever asks for them next loads them again. */
  stopLoading(): void {
    this.loading.stop();
  }

  /** Runs on to the end, or for another full length if it is there already. */
  play(): Promise<void> {
    const { step, end } = this.run ?? { step: 0, end: this.experiment.steps(this.params) };
    this.toEnd = true;
    return this.goTo(step < end ? end : (Math.floor(step / end) + 1) * end);
  }

  /** Runs until `step`; resolves when it is there, or was paused, or stopped. */
  playTo(step: number): Promise<void> {
    this.toEnd = false;
    return this.goTo(step);
  }

  pause(): void {
    this.paused = this.target;
    this.target = 0;
  }

  /** Goes on to where it was going when it was paused. */
  resume(): Promise<void> {
    return this.run?.before(this.paused) ? this.goTo(this.paused) : Promise.resolve();
  }

  /** Takes `count` steps and shows the result. */
  stepBy(count: number): Promise<void> {
    return this.playTo((this.run?.step ?? 0) + count);
  }

  /** The same initial state again. */
  async reset(): Promise<void> {
    this.pause();
    // Where there is none, showing it builds it.
    if (this.run) await this.turn(() => this.rebuild());
    await this.showAtRest();
  }

  /** New parameters: taken over by the running experiment where they are live, else it starts again, and runs on. */
  async setParams(params: AnyValues): Promise<void> {
    if (differing(this.experiment.params, this.params, params).length === 0) return;
    this.params = params;
    await this.turn(async (run) => {
      // The latest parameters, should others have come since.
      if (await run.update(this.params)) return;
      await this.rebuild();
      if (this.toEnd && this.target > 0) this.target = (this.run as AnyRun).end;
    });
    await this.showAtRest();
  }

  /** At most this many steps a second. */
  setPace(stepsPerSecond: number): void {
    this.pace = stepsPerSecond;
  }

  async weights() {
    let weights: ReturnType<AnyRun['weights']> = null;
    await this.turn(async (run) => {
      weights = run.weights();
    });
    return weights;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.pause();
    this.loading.stop();
    await inTurn(async () => this.run?.dispose());
    this.run = null;
  }

  private async rebuild(): Promise<void> {
    this.run?.dispose();
    this.run = null;
    this.run = await startAny(this.experiment, this.params, this.loading.load);
  }

  /**
   * One turn of the machine, on this session's backend and with a run. Falls back to the next backend where one fails,
   * and starts again there. False where nothing could be done; the reader has been told.
   */
  private async turn(work: (run: AnyRun) => Promise<void>): Promise<boolean> {
    while (!this.closed) {
      try {
        await inTurn(async () => {
          await useBackend(this.backend);
          if (!this.run) await this.rebuild();
          await work(this.run as unknown as AnyRun);
        });
        return true;
      } catch (error) {
        if (this.closed || !(await this.fallBack(error))) return false;
      }
    }
    return false;
  }

  private goTo(step: number): Promise<void> {
    this.target = step;
    this.looping ??= this.loop();
    return this.looping;
  }

  private async loop(): Promise<void> {
    await this.tell({ type: 'status', status: 'running', stepsPerSecond: null });
    let [counted, since, fine] = [0, performance.now(), true];
    do {
      while (this.target > 0 && (!this.run || this.run.before(this.target))) {
        const start = performance.now();
        fine = await this.turn(async (run) => {
          while (run.before(this.target)) {
            await run.advance();
            counted++;
            if (Number.isFinite(this.pace) || performance.now() - start >= TURN_MS) return;
          }
        });
        // The reader has been told that it stopped, and nothing may follow that.
        if (!fine) break;
        if (!this.frames.waiting) void this.frames.call();
        const elapsed = performance.now() - since;
        if (elapsed > 500) {
          void this.tell({ type: 'status', status: 'running', stepsPerSecond: (counted / elapsed) * 1000 });
          [counted, since] = [0, performance.now()];
        }
        await breathe();
        const rest = 1000 / this.pace - (performance.now() - start);
        if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      }
      fine &&= await this.frames.call();
      // Someone may have asked for more while the last frame was drawn.
    } while (fine && this.run?.before(this.target));
    this.looping = null;
    if (this.closed) return;
    if (!fine) {
      this.target = 0;
      return;
    }
    const ended = this.run !== null && this.run.end > 0 && this.run.step >= this.run.end;
    await this.tell({ type: 'status', status: ended ? 'done' : 'idle', stepsPerSecond: null });
  }

  /** Shows where the run stands; a loop, if there is one, tells the status itself. */
  private async showAtRest(): Promise<boolean> {
    const shown = await this.frames.call();
    if (shown && !this.looping) await this.tell({ type: 'status', status: 'idle', stepsPerSecond: null });
    return shown;
  }

  private async send(): Promise<boolean> {
    let event: SessionEvent | null = null;
    const sent = await this.turn(async (run) => {
      const frame = await run.frame();
      event = {
        type: 'frame',
        params: run.params,
        step: run.step,
        end: run.end,
        frame,
        summary: this.experiment.summary(frame),
        fingerprint: fingerprint(frame),
        backend: this.backend,
      };
    });
    if (event && !this.closed) await this.tell(event);
    return sent;
  }

  /** After an error: the next backend and true, or a message to the reader and false. */
  private async fallBack(error: unknown): Promise<boolean> {
    const message = error instanceof Error ? error.message : String(error);
    const next = this.options[this.options.indexOf(this.backend) + 1];
    if (error instanceof RunStopped || !next) {
      const hint = error instanceof RunStopped ? error.hint : 'Reload the page, or choose another backend in the menu.';
      await this.tell({ type: 'notice', message: `${message} ${hint}`.trim() });
      await this.tell({ type: 'status', status: 'stopped', stepsPerSecond: null });
      return false;
    }
    await this.tell({
      type: 'notice',
      message: `${backendTitles[this.backend]} could not go on (${message}); restarted with ${backendTitles[next]}.`,
    });
    await inTurn(async () => {
      this.run?.dispose();
      this.run = null;
    });
    this.backend = next;
    return true;
  }
}
