/** "Ask the trained models": made once, shown on the page of each paper. */
import { type Claim, defineExperiment } from '#lab/experiment';
import type { ContenderName } from '#nn/vision/contenders';
import { trainedNames } from '../models';
import { contenderTitles } from '../own';
import { charts } from './charts';
import type { Frame } from './mechanism';
import { params, sizes } from './params';

const at = ({ sizes, models }: Frame, name: ContenderName, pixels: number) =>
  models.find((model) => model.name === contenderTitles[name])?.accuracy[sizes.indexOf(pixels)] ?? null;

const summary = (f: Frame) =>
  Object.fromEntries(
    trainedNames.flatMap((name) => [16, 32, 64].map((pixels) => [`${name}, ${pixels}`, at(f, name, pixels)])),
  );

export type AnswersClaim = Claim<typeof params, Frame, ReturnType<typeof summary>>;

/** One function for all pages: tests that drive widgets take one page of those that share it. */
const mechanism = () => import('./mechanism').then((module) => module.mechanism);

export const answersOf = (slug: string, claims: AnswersClaim[]) =>
  defineExperiment({
    id: `${slug}/answers`,
    title: 'Ask the trained models',
    params,
    steps: () => sizes.length * trainedNames.length,
    hint: 'Take another picture.',
    mechanism,
    charts,
    summary,
    claims,
    quick: {},
  });
