/**
 * How a run takes its steps: recorded and replayed where the mechanism allows it (`src/accelerate/`), else one by one
 * as they are written. Both compute the same, to the bit.
 */
import { isAccelerated } from '#accelerate/accelerate';
import { CannotReplay, type CompiledStep, compileStep } from '#accelerate/compile-step';

/** How often the state may change its kind before recordings of it are given up. */
const PATIENCE = 3;

/** What steps could branch on: the numbers, texts and switches at the top of a state, and which parts are there. */
const outlineOf = (state: unknown): unknown[] =>
  typeof state === 'object' && state !== null
    ? Object.values(state).map((part) => (typeof part === 'object' && part !== null ? 'there' : part))
    : [state];

export class Stepping {
  private readonly compiled: CompiledStep<[]> | null;
  /** Why steps are taken as they are written; null where they are, or may still come to be, replayed. */
  refusal: string | null = null;
  private outline: unknown[] = [];
  private changes = 0;

  constructor(
    private readonly step: () => void,
    private readonly state: unknown,
  ) {
    this.compiled = isAccelerated() ? compileStep(step) : null;
    if (!this.compiled) this.refusal = 'the backend is not accelerated';
  }

  get replaying(): boolean {
    return this.refusal === null && this.compiled?.replaying === true;
  }

  take(): void {
    if (this.refusal !== null || !this.compiled || !isAccelerated()) {
      this.step();
      return;
    }
    const outline = outlineOf(this.state);
    if (this.outline.length !== outline.length || outline.some((part, i) => part !== this.outline[i])) {
      this.outline = outline;
      this.forget();
      if (++this.changes > PATIENCE) this.giveUp('its state changes from step to step in JavaScript');
    }
    try {
      if (this.refusal === null) this.compiled();
      else this.step();
    } catch (error) {
      if (!(error instanceof CannotReplay)) throw error;
      this.giveUp(error.reason);
    }
  }

  /** What the steps depend on has changed: they are recorded anew. */
  forget(): void {
    this.compiled?.forget();
  }

  dispose(): void {
    this.compiled?.dispose();
  }

  private giveUp(reason: string): void {
    this.refusal = reason;
    this.dispose();
  }
}
