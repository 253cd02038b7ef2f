/**
 * A run that a widget drives from outside: play, pause, step, reset. Lives in a worker, beside other sessions; takes
 * the machine in short slices so that they all move. Frames go out only when the last one was taken in.
 */
import { type BackendName, backendTitles } from './backend-names';
import { candidates, useBackend } from './backends';
import type { AnyExperiment, Summary } from './experiment';
import { fingerprint } from './fingerprint';
import type { AnyValues } from './params';
import { type AnyRun, type Loader, startAny } from './run';
import { RunStopped } from './stopped';
import { breathe, inTurn, TURN_MS } from './turns';
import { differing } from './values';

/** What a session tells its widget. */
export type SessionEvent =
  | {
      type: 'frame';
      step: number;
      end: number;
      frame: unknown;
      summary: Summary;
      fingerprint: string;
      backend: BackendName;
    }
  | { type: 'status'; status: 'idle' | 'running' | 'done' | 'stopped'; stepsPerSecond: number | null }
  | { type: 'notice'; message: string };

/** Resolves when the widget has drawn the event. */
export type Listener = (event: SessionEvent) => void | Promise<void>;

export class Session {
  private run: AnyRun | null = null;
  private backend: BackendName;
  private options: BackendName[];
  private playing = false;
  private target = 0;
  private pace = Number.POSITIVE_INFINITY;
  private drawing: Promise<void> | null = null;

  constructor(
    private readonly experiment: AnyExperiment,
    private params: AnyValues,
    private readonly load: Loader,
    private readonly tell: Listener,
    wish?: BackendName,
  ) {
    this.options = candidates(wish ?? experiment.prefers);
    this.backend = this.options[0] as BackendName;
  }

  /** Builds the initial state and shows it; then goes on to `step`. */
  async open(step = 0): Promise<void> {
    await this.restart();
    if (step > 0) await this.playTo(step);
  }

  /** Runs on to the end, or for another full length if it is there already. */
  play(): Promise<void> {
    const run = this.run;
    if (!run) return Promise.resolve();
    const { end } = run;
    return this.playTo(run.step < end ? end : (Math.floor(run.step / end) + 1) * end);
  }

  /** Runs until `step`; resolves when it is there, or was paused, or stopped. */
  async playTo(step: number): Promise<void> {
    this.target = step;
    if (this.playing) return;
    this.playing = true;
    await this.tell({ type: 'status', status: 'running', stepsPerSecond: null });
    await this.loop();
  }

  pause(): void {
    this.playing = false;
  }

  /** Goes on to where it was going when it was paused. */
  resume(): Promise<void> {
    return this.run?.before(this.target) ? this.playTo(this.target) : Promise.resolve();
  }

  /** Takes `count` steps and shows the result. */
  async stepBy(count: number): Promise<void> {
    this.playing = false;
    await this.playTo((this.run?.step ?? 0) + count);
  }

  /** The same initial state again. */
  async reset(): Promise<void> {
    this.playing = false;
    await this.restart();
  }

  /** New parameters: taken over by the running experiment where they are live, else a restart at step 0. */
  async setParams(params: AnyValues): Promise<void> {
    if (differing(this.experiment.params, this.params, params).length === 0) return;
    const wasPlaying = this.playing;
    const live = await inTurn(async () => {
      await useBackend(this.backend);
      return this.run !== null && (await this.run.update(params));
    });
    this.params = params;
    if (live) return this.playing ? undefined : this.show();
    this.playing = false;
    await this.restart();
    if (wasPlaying) void this.play();
  }

  /** At most this many steps a second. */
  setPace(stepsPerSecond: number): void {
    this.pace = stepsPerSecond;
  }

  weights() {
    return inTurn(async () => this.run?.weights() ?? null);
  }

  async close(): Promise<void> {
    this.playing = false;
    await inTurn(async () => this.run?.dispose());
    this.run = null;
  }

  private async restart(): Promise<void> {
    for (;;) {
      try {
        await inTurn(async () => {
          this.run?.dispose();
          this.run = null;
          await useBackend(this.backend);
          this.run = await startAny(this.experiment, this.params, this.load);
        });
        await this.show();
        await this.tell({ type: 'status', status: 'idle', stepsPerSecond: null });
        return;
      } catch (error) {
        if (!(await this.fallBack(error))) return;
      }
    }
  }

  private async loop(): Promise<void> {
    let counted = 0;
    let since = performance.now();
    try {
      while (this.playing && this.run?.before(this.target)) {
        const run = this.run;
        const sliceStart = performance.now();
        const before = run.step;
        await inTurn(async () => {
          await useBackend(this.backend);
          do await run.advance();
          while (
            this.pace === Number.POSITIVE_INFINITY &&
            run.before(this.target) &&
            performance.now() - sliceStart < TURN_MS
          );
        });
        counted += run.step - before;
        if (!this.drawing) this.drawing = this.show().finally(() => (this.drawing = null));
        const elapsed = performance.now() - since;
        if (elapsed > 500) {
          void this.tell({ type: 'status', status: 'running', stepsPerSecond: (counted / elapsed) * 1000 });
          counted = 0;
          since = performance.now();
        }
        await breathe();
        const rest = 1000 / this.pace - (performance.now() - sliceStart);
        if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      }
      await this.drawing;
      await this.show();
      const ended = this.run !== null && this.run.end > 0 && this.run.step >= this.run.end;
      await this.tell({ type: 'status', status: ended ? 'done' : 'idle', stepsPerSecond: null });
    } catch (error) {
      const { target } = this;
      if (await this.fallBack(error)) {
        await this.restart();
        this.playing = false;
        return this.playTo(target);
      }
    } finally {
      this.playing = false;
    }
  }

  private async show(): Promise<void> {
    const { run } = this;
    if (!run) return;
    const frame = await inTurn(() => run.frame());
    await this.tell({
      type: 'frame',
      step: run.step,
      end: run.end,
      frame,
      summary: this.experiment.summary(frame),
      fingerprint: fingerprint(frame),
      backend: this.backend,
    });
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
    this.backend = next;
    return true;
  }
}
