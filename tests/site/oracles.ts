/** What a paper declares for the tests of its exercises: each checked number computed anew, each goal with a run that reaches it. */

import type { Summary } from '#lab/experiment';
import { loadPublic } from '#lab/node';
import type { AnyValues, Schema } from '#lab/params';
import { findExperiment } from '#lab/registry';
import { runTo } from '#lab/run';
import { completeValues } from '#lab/values';

export interface Oracles {
  /** By the exercise's id. */
  numbers: Record<string, () => number | Promise<number>>;
  goals: Record<string, { params: AnyValues; steps: number }>;
}

/** What a run shows at `steps`. */
export async function summaryOf(id: string, given: AnyValues, steps = 0): Promise<Summary> {
  const experiment = await findExperiment(id);
  return (await runTo(experiment, completeValues(experiment.params as Schema, given), steps, loadPublic)).summary;
}
