/** What can be set in "Restore a photograph". */
import { photoNames } from '#data/photos';
import { choice, image, real, seed } from '#lab/params';
import { tasks } from '../degrade';

/** In the order in which charts show them. */
export const methods = ['gaussian', 'bilateral', 'cnn', 'maxim'] as const;
export type Method = (typeof methods)[number];

export const methodNames: Record<Method, string> = {
  gaussian: 'Gaussian filter',
  bilateral: 'bilateral filter',
  cnn: 'plain CNN',
  maxim: 'small MAXIM',
};

export const params = {
  photo: choice({
    label: 'Photograph',
    options: photoNames,
    names: { boats: 'Boats', acanthus: 'Acanthus (learnt from)', alps: 'Alps (learnt from)' },
    help: 'The networks learned from the other two photographs; only the boats are new to them.',
    default: 'boats',
  }),
  image: image({
    label: 'Your own picture',
    help: 'Cut to its centre square and turned grey in your browser; it never leaves it.',
    side: 128,
  }),
  side: choice({ label: 'Pixels per side', options: ['64', '128'], help: '128 shows more detail.', default: '64' }),
  task: choice({
    label: 'What spoils it',
    options: tasks,
    names: { denoise: 'Noise', deblur: 'Blur', derain: 'Rain' },
    default: 'denoise',
  }),
  strength: real({
    label: 'Strength',
    help: 'At 1: noise of 0.2 grey values, blur of 2.4 pixels, or a streak for every 50 pixels.',
    min: 0.1,
    max: 1,
    step: 0.1,
    default: 0.5,
  }),
  compared: choice({
    label: 'Restored by',
    options: methods,
    names: methodNames,
    default: 'maxim',
    live: true,
  }),
  reveal: real({
    label: 'Slide',
    help: 'Where the dividing line stands: left of it the spoilt picture, right of it the restored one.',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.5,
    live: true,
  }),
  seed: seed({ help: 'Draws noise and rain.' }),
};
