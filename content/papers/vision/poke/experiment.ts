/** "Press a token": made once, shown on the page of each paper with its own mixer first. */
import { defineExperiment } from '#lab/experiment';
import type { ContenderName } from '#nn/vision/contenders';
import { charts } from './charts';
import type { Frame } from './mechanism';
import { pokeParams } from './params';

const summary = ({ boards }: Frame) => ({
  firstReached: boards[0]?.strength.filter((value) => value > 0).length ?? 0,
  secondReached: boards[1]?.strength.filter((value) => value > 0).length ?? 0,
});

/** One function for all pages: tests that drive widgets take one page of those that share it. */
const mechanism = () => import('./mechanism').then((module) => module.mechanism);

export const pokeOf = (slug: string, own: ContenderName) =>
  defineExperiment({
    id: `${slug}/poke`,
    title: 'Press a token',
    params: pokeParams(own),
    steps: () => 0,
    hint: 'Take another seed.',
    mechanism,
    charts,
    summary,
    claims: [],
    quick: { side: 8 },
  });
