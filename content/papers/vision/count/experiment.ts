/** "What a mixer costs": made once, shown on the page of each paper with its own mixer first. */
import { defineExperiment } from '#lab/experiment';
import type { ContenderName } from '#nn/vision/contenders';
import { charts } from './charts';
import type { Frame } from './mechanism';
import { countParams } from './params';

const summary = ({ lines: [mine], against, settings }: Frame) => {
  const i = mine?.at.indexOf(settings[against]) ?? -1;
  return { weights: mine?.weights[i] ?? null, macs: mine?.macs[i] ?? null };
};

/** One function for all pages: tests that drive widgets take one page of those that share it. */
const mechanism = () => import('./mechanism').then((module) => module.mechanism);

export const countOf = (slug: string, own: ContenderName) =>
  defineExperiment({
    id: `${slug}/count`,
    title: 'What a mixer costs',
    params: countParams(own),
    steps: () => 0,
    hint: 'Take other settings.',
    mechanism,
    charts,
    summary,
    claims: [],
    quick: {},
  });
