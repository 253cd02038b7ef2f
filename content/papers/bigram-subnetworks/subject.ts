/** The page's model with what is needed to cut it: the places of its gates, and the masks that were found for it. */
import type { Context } from '#lab/experiment';
import type { Schema } from '#lab/params';
import type { Random, Stream } from '#lab/random';
import { loadMask, loadTrained, type Trained } from './files';
import type { Keep, Lambda } from './kinds';
import { layout } from './layout';
import { gatePlaces, masked } from './mask';
import { complement, largestLike, randomLike } from './mask-baselines';

type Load = Context<Schema>['load'];

export interface Subject extends Trained {
  /** Index into the weights of each gate's weight. */
  places: Int32Array;
  /** The weights that have a gate, in the order of the gates. */
  gated: Float32Array;
}

export async function loadSubject(load: Load): Promise<Subject> {
  const trained = await loadTrained(load, 'page');
  const places = gatePlaces(layout(trained.shape));
  return { ...trained, places, gated: Float32Array.from(places, (place) => trained.weights[place] as number) };
}

/** The gates that stay open: those found with `lambda`, or what they are compared with. Reads no more than it needs. */
export async function keptGates(
  { shape, places, gated }: Subject,
  load: Load,
  lambda: Lambda | 'full' | 'empty',
  keep: Keep,
  random: Random,
): Promise<Uint8Array> {
  const gates = places.length;
  const found =
    lambda === 'full'
      ? new Uint8Array(gates).fill(1)
      : lambda === 'empty'
        ? new Uint8Array(gates)
        : await loadMask(load, lambda, gates);
  if (keep === 'complement') return complement(found);
  if (keep === 'random') return randomLike(found, shape, random);
  if (keep === 'random-complement') return complement(randomLike(found, shape, random));
  if (keep === 'largest') return largestLike(found, shape, gated);
  return found;
}

/** The model's weights with the gates in force. */
export const cut = ({ weights, places }: Subject, gates: Uint8Array): Float32Array => masked(weights, places, gates);

/** `count` different windows of T tokens from `tokens`, one after the other. */
export function drawWindows(tokens: Uint16Array, T: number, count: number, stream: Stream): Uint16Array {
  const order = Array.from({ length: Math.floor(tokens.length / T) }, (_, i) => i);
  const drawn = new Uint16Array(count * T);
  for (let i = 0; i < count; i++) {
    const j = i + stream.index(order.length - i);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
    drawn.set(tokens.subarray((order[i] as number) * T, ((order[i] as number) + 1) * T), i * T);
  }
  return drawn;
}
