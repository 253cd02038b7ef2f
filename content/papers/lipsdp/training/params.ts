/** What can be set in "Bounds during training". */
import { choice, integer, real, seed } from '#lab/params';

export const kinds = ['maxmin', 'groupsort-4', 'groupsort-8', 'householder', 'relu'] as const;

export const kindNames: Record<(typeof kinds)[number], string> = {
  maxmin: 'MaxMin',
  'groupsort-4': 'GroupSort 4',
  'groupsort-8': 'GroupSort 8',
  householder: 'Householder',
  relu: 'ReLU',
};

export const params = {
  task: choice({
    label: 'Task',
    help: 'Two moons: 400 made-up points, 2 inputs, 1 output. Digits: 1,000 handwritten digits of 8 by 8 pixels, 64 inputs, 10 outputs.',
    options: ['digits', 'moons'],
    names: { digits: 'handwritten digits', moons: 'two moons' },
    default: 'digits',
  }),
  first: choice({
    label: 'First activation',
    help: 'GroupSort with its group size.',
    options: kinds,
    names: kindNames,
    default: 'maxmin',
  }),
  second: choice({ label: 'Second activation', options: kinds, names: kindNames, default: 'relu' }),
  width: integer({
    label: 'Width',
    help: 'Units in each of two hidden layers; rounded up to what the groups need.',
    min: 4,
    max: 32,
    step: 2,
    default: 16,
  }),
  angle: real({
    label: 'Householder angle',
    help: 'Householder only: the direction v that is turned over. At 0° the first number of each pair loses its sign; −45° is MaxMin.',
    unit: '°',
    min: -90,
    max: 90,
    step: 1,
    default: 0,
  }),
  decay: real({
    label: 'Weight decay',
    symbol: '\\mu',
    help: 'Adds μ times the sum of all squared weights to the loss; takes effect while the run goes on.',
    min: 0,
    max: 0.02,
    default: 0,
    live: true,
  }),
  orthogonal: real({
    label: 'Orthogonalisation',
    symbol: '\\beta',
    help: 'From 0 (none) to 1: after each step, how strongly all singular values are pulled to 1. Above 0 the run starts from orthonormal weights.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0,
  }),
  seed: seed({ help: 'Draws the moons, the initial weights and the points of the search.' }),
};
