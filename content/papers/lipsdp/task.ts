/** What the classifiers of "Bounds during training" learn, with samples that they do not train on. */
import { loadDigits, type Samples } from '#data/digits';
import type { Context } from '#lab/experiment';
import type { Schema } from '#lab/params';
import { moons } from './moons';

export type TaskName = 'moons' | 'digits';

export interface Task {
  inputs: number;
  /** One logit for two classes, ten for ten. */
  outputs: number;
  train: Samples;
  heldOut: Samples;
}

export async function taskOf(
  name: TaskName,
  { load, random }: Pick<Context<Schema>, 'load' | 'random'>,
): Promise<Task> {
  if (name === 'digits') return { inputs: 64, outputs: 10, ...(await loadDigits(load)) };
  return { inputs: 2, outputs: 1, train: moons(random('moons')), heldOut: moons(random('moons.heldOut')) };
}
