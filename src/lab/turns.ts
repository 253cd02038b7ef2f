/** Taking turns in a worker: operations of two sessions, maybe on two backends, never interleave. */

/** How long one turn may compute before others, and messages from the page, get theirs. */
export const TURN_MS = 12;

let last: Promise<void> = Promise.resolve();

/** Waits until everyone before has passed on; call what it resolves to in order to pass on yourself. */
export async function takeTurn(): Promise<() => void> {
  const before = last;
  let pass = () => {};
  last = new Promise<void>((resolve) => {
    pass = resolve;
  });
  await before;
  return pass;
}

/** Does `work` in one turn. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const pass = await takeTurn();
  try {
    return await work();
  } finally {
    pass();
  }
}

/** Lets messages in between two turns; a timer would wait at least 4 ms. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
