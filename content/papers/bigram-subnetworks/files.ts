/** Reading the files that training made; `public/data/README.md` lists them. */
import { unzlibSync } from 'fflate';
import type { Context } from '#lab/experiment';
import type { Schema } from '#lab/params';
import { bigramTable } from './bigram';
import { layout, miniShape, pageShape, type Shape, weightCount } from './layout';
import { unpackBits } from './mask-baselines';
import { type Tokeniser, tokeniser } from './tokeniser';

type Load = Context<Schema>['load'];

const FOLDER = 'data/bigram-subnetworks';

/** Copied, because numbers of several bytes have to start at a multiple of them. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

export interface Trained {
  shape: Shape;
  weights: Float32Array;
  tokeniser: Tokeniser;
  /** P(w | v) [V, V] of the training text. */
  table: Float32Array;
  /** The first tokens of the evaluation text. */
  evaluation: Uint16Array;
}

/** A trained model with all that belongs to it. */
export async function loadTrained(load: Load, name: 'page' | 'mini'): Promise<Trained> {
  const shape = name === 'page' ? pageShape : miniShape;
  const files = ['weights.f32', 'merges.json', 'counts.zlib', 'evaluation.u16'].map((file) =>
    load(`${FOLDER}/${name}-${file}`),
  );
  const [weights, merges, counts, evaluation] = (await Promise.all(files)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const flat = new Float32Array(bufferOf(weights));
  const expected = weightCount(layout(shape));
  if (flat.length !== expected) throw new Error(`The weights of ${name} are ${flat.length}, not ${expected}.`);
  return {
    shape,
    weights: flat,
    tokeniser: tokeniser(JSON.parse(new TextDecoder().decode(merges))),
    table: bigramTable(new Uint32Array(bufferOf(unzlibSync(counts))), shape.vocabulary),
    evaluation: new Uint16Array(bufferOf(evaluation)),
  };
}

/** Training text in tokens for the small model's masks. */
export const loadLiveText = async (load: Load): Promise<Uint16Array> =>
  new Uint16Array(bufferOf(await load(`${FOLDER}/mini-training.u16`)));

/** The mask of the page's model that was found with `lambda`. */
export const loadMask = async (load: Load, lambda: string, gates: number): Promise<Uint8Array> =>
  unpackBits(await load(`${FOLDER}/mask-${lambda}.bits`), gates);
