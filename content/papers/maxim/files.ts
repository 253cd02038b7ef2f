/** Reading what training made; `public/data/README.md` lists the files. */
import type { Context } from '#lab/experiment';
import type { Schema } from '#lab/params';
import type { Task } from './degrade';
import type { Bilateral } from './filters';
import type { RestorerName } from './restorers';

type Load = Context<Schema>['load'];

const FOLDER = 'data/maxim';

/** All weights of a network in one array, in the order of `variablesOf`. */
export const loadWeights = async (load: Load, task: Task, network: RestorerName): Promise<Float32Array> =>
  // Copied, because numbers of several bytes have to start at a multiple of them.
  new Float32Array(Uint8Array.from(await load(`${FOLDER}/${task}-${network}.f32`)).buffer);

/** The filters' best parameters on the photographs learnt from. */
export interface Tuned {
  task: Task;
  strength: number;
  /** Standard deviation in pixels; 0 leaves the picture as it is. */
  gaussian: number;
  /** Null where no bilateral filter of those tried makes the picture better than it is. */
  bilateral: Bilateral | null;
}

/** What was best for `task` at the nearest strength that was tried. */
export async function loadTuned(load: Load, task: Task, strength: number): Promise<Tuned> {
  const { tuned }: { tuned: Tuned[] } = JSON.parse(new TextDecoder().decode(await load(`${FOLDER}/filters.json`)));
  return tuned
    .filter((one) => one.task === task)
    .reduce((best, one) => (Math.abs(one.strength - strength) < Math.abs(best.strength - strength) ? one : best));
}
