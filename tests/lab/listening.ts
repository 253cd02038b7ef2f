import { expect } from 'vitest';
import type { BackendName } from '#lab/backend-names';
import type { AnyExperiment } from '#lab/experiment';
import { loadPublic } from '#lab/node';
import type { AnyValues, Schema } from '#lab/params';
import { type Listener, Session, type SessionEvent } from '#lab/session';
import { completeValues } from '#lab/values';

type FrameEvent = Extract<SessionEvent, { type: 'frame' }>;

/** A session and all that it told, with what the tests ask of it. */
export class Heard {
  readonly events: SessionEvent[] = [];
  readonly session: Session;
  private readonly params: AnyValues;

  constructor(
    readonly experiment: AnyExperiment,
    given: AnyValues = {},
    { wish, slowly }: { wish?: BackendName; slowly?: Listener } = {},
  ) {
    this.params = completeValues(experiment.params as Schema, given);
    const tell: Listener = (event) => {
      this.events.push(event);
      return slowly?.(event);
    };
    this.session = new Session(experiment, this.params, loadPublic, tell, wish);
  }

  values(given: AnyValues): AnyValues {
    return { ...this.params, ...given };
  }

  get frames(): FrameEvent[] {
    return this.events.filter((event) => event.type === 'frame');
  }

  get steps(): number[] {
    return this.frames.map(({ step }) => step);
  }

  get last(): FrameEvent {
    return this.frames.at(-1) as FrameEvent;
  }

  get notices(): string[] {
    return this.events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
  }

  /** Without repetitions: a running session tells its speed again and again. */
  get statuses(): string[] {
    const all = this.events.flatMap((event) => (event.type === 'status' ? [event.status] : []));
    return all.filter((status, i) => status !== all[i - 1]);
  }

  forget(): void {
    this.events.length = 0;
  }

  /** Waits until a frame of at least `step` steps was shown. */
  async until(step: number): Promise<void> {
    const deadline = performance.now() + 60_000;
    while (!this.frames.some((frame) => frame.step >= step)) {
      expect(performance.now(), `no frame at step ${step} or later`).toBeLessThan(deadline);
      await pause(2);
    }
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Opens a session, and closes it when `work` is done with it. */
export async function listening<T>(
  experiment: AnyExperiment,
  given: AnyValues,
  work: (heard: Heard) => Promise<T>,
  options: ConstructorParameters<typeof Heard>[2] = {},
): Promise<T> {
  const heard = new Heard(experiment, given, options);
  try {
    await heard.session.open();
    return await work(heard);
  } finally {
    await heard.session.close();
  }
}
