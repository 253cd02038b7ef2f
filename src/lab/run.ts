/** One run of one experiment, from its initial state to wherever it is stepped. Knows no clock, page or worker. */
import { refuse } from '#accelerate/record';
import type { AnyExperiment, Context, Experiment, Mechanism, Summary } from './experiment';
import type { AnyValues, Schema, Values } from './params';
import { randomFrom } from './random';
import { Stepping } from './stepping';
import { RunStopped } from './stopped';
import * as tf from './tf';
import { differing } from './values';

export type Loader = Context<Schema>['load'];

const seedOf = (params: AnyValues) => (typeof params.seed === 'number' ? params.seed : 1);

/** Every tensor, variable and optimizer slot that `value` holds. tfjs's own walk counts through typed arrays: seconds. */
function tensorsIn(value: unknown, seen = new Set<object>()): tf.Tensor[] {
  if (value instanceof tf.Tensor) return [value];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return [];
  seen.add(value);
  return Object.values(value).flatMap((part) => tensorsIn(part, seen));
}

export class Run<P extends Schema, Frame, S extends Summary> {
  step = 0;
  /** Wall time spent computing, in seconds. */
  private seconds = 0;
  private readonly stepping: Stepping;

  private constructor(
    readonly experiment: Experiment<P, Frame, S>,
    private readonly mechanism: Mechanism<P, unknown, Frame>,
    private readonly state: unknown,
    public params: Values<P>,
    private readonly load: Loader,
  ) {
    this.stepping = new Stepping(() => mechanism.step?.(state, this.context), state);
  }

  /** Sets up a run on the backend in use. `params` must be complete (see `completeValues`). */
  static async start<P extends Schema, Frame, S extends Summary>(
    experiment: Experiment<P, Frame, S>,
    params: Values<P>,
    load: Loader,
  ): Promise<Run<P, Frame, S>> {
    const mechanism = await experiment.mechanism();
    const context = { params, random: randomFrom(seedOf(params)), step: 0, seconds: 0, load };
    const started = performance.now();
    const run = new Run(experiment, mechanism, await mechanism.setup(context), params, load);
    try {
      await run.measureIfDue();
    } catch (error) {
      run.dispose();
      throw error;
    }
    run.seconds = (performance.now() - started) / 1000;
    return run;
  }

  /** How many steps a full run takes. */
  get end(): number {
    return this.experiment.steps(this.params);
  }

  /** Steps that read what changes from one to the next are not replayed. */
  private get context(): Context<P> {
    const { params, step, seconds, load } = this;
    return {
      params,
      load,
      get random() {
        refuse('it draws random numbers');
        return randomFrom(seedOf(params));
      },
      get step() {
        refuse('it reads the number of the step');
        return step;
      },
      get seconds() {
        refuse('it reads the time');
        return seconds;
      },
    };
  }

  /** Why steps are not replayed, or null. */
  get refusal(): string | null {
    return this.stepping.refusal;
  }

  private async measureIfDue(): Promise<void> {
    if (!this.mechanism.measure || this.step % (this.experiment.measureEvery ?? 1) !== 0) return;
    try {
      await this.mechanism.measure(this.state, this.context);
    } catch (error) {
      if (!(error instanceof RunStopped)) throw error;
      throw new RunStopped(`Stopped at step ${this.step}: ${error.message}.`, this.experiment.hint);
    }
  }

  /** Whether there are steps before `target` to take; never for a calculator. */
  before(target: number): boolean {
    return this.mechanism.step !== undefined && this.step < target;
  }

  /** Takes `count` steps; none for a calculator. Throws {@link RunStopped} when the numbers are no longer finite. */
  async advance(count = 1): Promise<void> {
    if (!this.mechanism.step) return;
    for (let i = 0; i < count; i++) {
      const started = performance.now();
      this.stepping.take();
      this.step++;
      await this.measureIfDue();
      this.seconds += (performance.now() - started) / 1000;
    }
  }

  frame(): Promise<Frame> {
    return Promise.resolve(this.mechanism.frame(this.state, this.context));
  }

  /** Takes over new parameters if only `live` ones differ; returns false if a restart is needed instead. */
  async update(params: Values<P>): Promise<boolean> {
    const changed = differing(this.experiment.params, this.params, params);
    if (!changed.every((name) => this.experiment.params[name]?.live)) return false;
    this.params = params;
    this.stepping.forget();
    await this.mechanism.update?.(this.state, this.context);
    return true;
  }

  /** Named weights as plain data, or null where the experiment has none. */
  weights(): Record<string, { shape: number[]; values: number[] }> | null {
    const tensors = this.mechanism.weights?.(this.state);
    if (!tensors) return null;
    return Object.fromEntries(
      Object.entries(tensors).map(([name, t]) => [name, { shape: t.shape, values: Array.from(t.dataSync()) }]),
    );
  }

  dispose(): void {
    this.stepping.dispose();
    tf.dispose(tensorsIn(this.state));
  }
}

export type AnyRun = Run<Schema, unknown, Summary>;

/** Runs `experiment` to `steps` and returns its last frame and summary; frees everything. */
export async function runTo<P extends Schema, Frame, S extends Summary>(
  experiment: Experiment<P, Frame, S>,
  params: Values<P>,
  steps: number,
  load: Loader,
  onStep?: (step: number) => void | Promise<void>,
): Promise<{ frame: Frame; summary: S }> {
  const run = await Run.start(experiment, params, load);
  try {
    while (run.before(steps)) {
      await run.advance();
      await onStep?.(run.step);
    }
    const frame = await run.frame();
    return { frame, summary: experiment.summary(frame) };
  } finally {
    run.dispose();
  }
}

/** For code that holds an experiment of unknown type. */
export const startAny = (experiment: AnyExperiment, params: AnyValues, load: Loader): Promise<AnyRun> =>
  Run.start(experiment, params, load);
