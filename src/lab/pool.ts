/** The page's side of the workers: at most one less than the cores, started when first needed, shared by all widgets. */
import * as Comlink from 'comlink';
import type { BackendName } from './backend-names';
import type { ClaimResult } from './claims';
import type { AnyValues } from './params';
import type { Session, SessionEvent } from './session';
import type { Lab } from './worker';

interface Slot {
  lab: Comlink.Remote<Lab>;
  sessions: number;
}

const slots: Slot[] = [];
const limit = Math.max(1, (navigator.hardwareConcurrency ?? 2) - 1);

function newSlot(): Slot {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'perceptron-lab' });
  const lab = Comlink.wrap<Lab>(worker);
  const base = new URL(import.meta.env.BASE_URL.replace(/\/?$/, '/'), location.href).href;
  void lab.configure(base);
  const slot = { lab, sessions: 0 };
  slots.push(slot);
  return slot;
}

/** Starts the first worker and its backend before a session needs them; one that fails is told of when a session does. */
export async function warmPool(): Promise<void> {
  if (slots.length === 0) await newSlot().lab.warm();
}

/** The least busy worker; a new one while there are cores for it. */
function takeSlot(): Slot {
  const idle = slots.find((slot) => slot.sessions === 0);
  if (idle) return idle;
  if (slots.length < limit) return newSlot();
  return slots.reduce((least, slot) => (slot.sessions < least.sessions ? slot : least));
}

export type RemoteSession = Comlink.Remote<Session>;

const homes = new WeakMap<RemoteSession, Slot>();

/** Opens a session for a widget. `tell` may return a promise; the next frame waits for it. */
export async function openSession(
  id: string,
  params: AnyValues,
  tell: (event: SessionEvent) => void | Promise<void>,
  backend?: BackendName,
): Promise<RemoteSession> {
  const slot = takeSlot();
  slot.sessions++;
  const session = (await slot.lab.open(id, params, Comlink.proxy(tell), backend)) as unknown as RemoteSession;
  homes.set(session, slot);
  return session;
}

/** Ends a session and frees what it holds in its worker. */
export async function closeSession(session: RemoteSession): Promise<void> {
  await session.close();
  session[Comlink.releaseProxy]();
  const slot = homes.get(session);
  if (slot) slot.sessions--;
}

/** Checks a claim in a worker of the pool; rejects when `signal` says stop. */
export async function checkClaimInWorker(
  id: string,
  claimId: string,
  onProgress: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<ClaimResult> {
  const slot = takeSlot();
  slot.sessions++;
  signal.addEventListener('abort', () => void slot.lab.stopClaim(claimId));
  try {
    return await slot.lab.claim(id, claimId, Comlink.proxy(onProgress));
  } finally {
    slot.sessions--;
  }
}
