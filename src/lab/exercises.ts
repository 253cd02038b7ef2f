/** Checks, at build, what an author declares of an exercise; a mistake fails the build and says what is accepted. */
import { z } from 'astro/zod';
import type { AnyExperiment } from './experiment';
import type { AnyValues, Schema } from './params';
import { findExperiment } from './registry';
import { recordedRun } from './results';
import { completeValues } from './values';

const number = z.strictObject({ number: z.number(), tolerance: z.number().nonnegative(), unit: z.string().optional() });

const choices = z.strictObject({
  choices: z
    .array(z.strictObject({ text: z.string().min(1), because: z.string().min(1), right: z.literal(true).optional() }))
    .min(2)
    .refine((all) => all.filter(({ right }) => right).length === 1, 'exactly one choice has right: true'),
});

const goal = z
  .strictObject({
    of: z.string(),
    summary: z.string(),
    what: z.string().min(1),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    where: z.record(z.string(), z.custom<AnyValues[string]>()).optional(),
  })
  .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, 'needs atLeast or atMost');

const check = z
  .strictObject({ expects: z.union([number, choices]).optional(), goal: goal.optional() })
  .refine(({ expects, goal }) => !(expects && goal), 'an exercise expects an answer or has a goal, not both');

export type Check = z.infer<typeof check>;

const ACCEPTED =
  'Accepted are expects={{ number, tolerance, unit? }}, expects={{ choices: [{ text, because, right? }] }} and goal={{ of, summary, what, atLeast?, atMost?, where? }}.';

/** The check as declared, with the experiment of its goal. `name` is said in front of what is wrong. */
export async function readCheck(name: string, declared: object): Promise<Check & { experiment?: AnyExperiment }> {
  const { data, error } = check.safeParse(declared);
  if (!data) {
    const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'the exercise'}: ${message}`);
    throw new Error(`Exercise "${name}": ${faults.join('; ')}. ${ACCEPTED}`);
  }
  if (!data.goal) return data;
  const { of, summary, where } = data.goal;
  try {
    const experiment = await findExperiment(of);
    const known = Object.keys((await recordedRun(of)).summary);
    if (!known.includes(summary))
      throw new RangeError(`${of} has no "${summary}" in its summary. There are: ${known.join(', ')}.`);
    completeValues(experiment.params as Schema, where);
    return { ...data, experiment };
  } catch (error) {
    throw new Error(`Exercise "${name}", goal: ${(error as Error).message}`);
  }
}

/** The ids of the exercises on a page, in their order, from its MDX. */
export const exerciseIds = (mdx: string): string[] =>
  [...mdx.matchAll(/^<Exercise\s+id="([^"]+)"/gm)].map(([, id]) => id as string);
