/** What can be set in "Two mixers in training". */
import { setNames, setTitles } from '#data/classes';
import { choice, integer, seed } from '#lab/params';
import { type ContenderName, contenderNames } from '#nn/vision/contenders';
import { contenderTitles } from '../own';

export const budgets = ['channels', 'weights', 'macs'] as const;

/** The controls, with the page's own mixer first. */
export const raceParams = (own: ContenderName) => ({
  first: choice({ label: 'First mixer', options: contenderNames, names: contenderTitles, default: own }),
  second: choice({
    label: 'Second mixer',
    help: 'Equal initial weights where both have the same, equal batches in equal order.',
    options: contenderNames,
    names: contenderTitles,
    default: own === 'mixer' ? 'none' : 'mixer',
  }),
  budget: choice({
    label: 'Equal for both',
    help: 'Channels: 20 each. Otherwise the second gets as many channels as bring it nearest to the first.',
    options: budgets,
    names: { channels: 'channels', weights: 'weights of the network', macs: 'multiply-adds' },
    default: 'channels',
  }),
  pictures: choice({ label: 'Pictures', options: setNames, names: setTitles, default: 'fashion' }),
  length: integer({
    label: 'Training steps each',
    help: 'Of 32 pictures each. Adam; its rate is set every 20 steps: 0.00015, then 0.003, falling to 0 like a cosine.',
    min: 40,
    max: 1000,
    step: 20,
    default: 200,
  }),
  seed: seed({ help: 'Draws the initial weights and the order of the pictures.' }),
});

export type RaceParams = ReturnType<typeof raceParams>;
