/**
 * What a recording hears: every kernel announces what it did here, after doing it. Outside a recording that costs one
 * comparison.
 */

export interface Listener {
  /** Something was computed in WebAssembly; calling `operation` again computes it anew from the same addresses. */
  did(operation: () => void): void;
  /** The last operation works on the memory of `tensor`, which is no operand of a kernel. */
  uses(tensor: { dataId: object }): void;
  /** The step cannot be replayed. It goes on, and the reason is told when it has ended. */
  refuse(reason: string): void;
}

let listener: Listener | null = null;

export function listen(to: Listener | null): void {
  listener = to;
}

/** Carries out `operation`, and lets a recording have it. */
export function run(operation: () => void): void {
  operation();
  listener?.did(operation);
}

/** Lets a recording know that it depends on where `tensors` lie. */
export function uses(...tensors: { dataId: object }[]): void {
  for (const tensor of tensors) listener?.uses(tensor);
}

/** Tells a recording, if there is one, that the step does something that a replay would not. */
export function refuse(reason: string): void {
  listener?.refuse(reason);
}
