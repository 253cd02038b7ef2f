/** What can be set in "What a mixer costs". */
import { choice, integer } from '#lab/params';
import { type ContenderName, contenderNames } from '#nn/vision/contenders';
import { contenderTitles } from '../own';

export const axes = ['side', 'depth', 'channels'] as const;
export type Axis = (typeof axes)[number];

export const axisTitles: Record<Axis, string> = {
  side: 'tokens per side',
  depth: 'blocks',
  channels: 'channels',
};

export const countParams = (own: ContenderName) => ({
  mine: choice({
    label: 'Your mixer',
    help: 'The ring marks it at the settings below.',
    options: contenderNames,
    names: contenderTitles,
    default: own,
  }),
  against: choice({ label: 'Across', options: axes, names: axisTitles, default: 'side' }),
  part: choice({
    label: 'Counted',
    options: ['tokens', 'network'],
    names: { tokens: 'token mixing alone', network: 'the whole classifier' },
    default: 'tokens',
  }),
  side: integer({ label: 'Tokens per side', symbol: 'h', min: 4, max: 64, step: 4, default: 16 }),
  channels: integer({ label: 'Channels', symbol: 'C', min: 20, max: 760, step: 20, default: 200 }),
  depth: integer({ label: 'Blocks', symbol: 'L', min: 1, max: 24, default: 8 }),
  ratio: integer({
    label: 'Channel MLP',
    help: 'Hidden units per channel; part of the whole classifier only.',
    min: 1,
    max: 4,
    default: 4,
  }),
});

export type CountParams = ReturnType<typeof countParams>;
