/** "Two mixers in training": made once, shown on the page of each paper with its own mixer first. */
import { type Claim, defineExperiment } from '#lab/experiment';
import { type ContenderName, contenders } from '#nn/vision/contenders';
import { charts } from './charts';
import type { Frame } from './mechanism';
import { type RaceParams, raceParams } from './params';

const summary = ({ racers: [first, second] }: Frame) => ({
  firstAccuracy: first?.accuracy.at(-1) ?? null,
  secondAccuracy: second?.accuracy.at(-1) ?? null,
  firstLoss: first?.loss.at(-1) ?? null,
  secondLoss: second?.loss.at(-1) ?? null,
  firstWeights: first?.weights ?? 0,
  secondWeights: second?.weights ?? 0,
});

type Summary = ReturnType<typeof summary>;
export type RaceClaim = Claim<RaceParams, Frame, Summary>;

/** That `first` gets at least `by` more of the held-out pictures right than `second`, in the mean of three seeds. */
export const ahead = (
  first: ContenderName,
  second: ContenderName,
  by: number,
  words: Pick<RaceClaim, 'id' | 'statement' | 'source'>,
): RaceClaim => ({
  ...words,
  quantity: `Share right with ${contenders[first].title} less that with ${contenders[second].title}, clothes, 200 steps each`,
  criterion: { relation: '>=', threshold: by, over: 'the mean' },
  seeds: [1, 2, 3],
  untested: 'Longer training, deeper networks, larger pictures, ImageNet.',
  async measure(run, seed) {
    const { summary } = await run({ first, second, seed, pictures: 'fashion', budget: 'channels', length: 200 }, 400);
    return (summary.firstAccuracy as number) - (summary.secondAccuracy as number);
  },
});

/** One function for all pages: tests that drive widgets take one page of those that share it. */
const mechanism = () => import('./mechanism').then((module) => module.mechanism);

export const raceOf = (slug: string, own: ContenderName, claims: RaceClaim[]) =>
  defineExperiment({
    id: `${slug}/race`,
    title: 'Two mixers in training',
    params: raceParams(own),
    steps: ({ length }) => 2 * length,
    measureEvery: 20,
    hint: 'Take another seed.',
    mechanism,
    charts,
    summary,
    claims,
    quick: { length: 40 },
  });
