/** What can be set in "The certified circle". */
import { choice, integer, real, seed } from '#lab/params';

const place = { min: -2, max: 2, step: 0.05, live: true } as const;

export const params = {
  x: real({
    ...place,
    label: 'Point, across',
    symbol: 'x_1',
    help: 'Where the circle stands; the training goes on.',
    default: -0.6,
  }),
  y: real({
    ...place,
    label: 'Point, up',
    symbol: 'x_2',
    help: 'Where the circle stands; the training goes on.',
    default: 1,
  }),
  activation: choice({
    label: 'Activation',
    options: ['maxmin', 'relu', 'tanh'],
    names: { maxmin: 'MaxMin', relu: 'ReLU', tanh: 'tanh' },
    default: 'relu',
  }),
  width: integer({
    label: 'Width',
    help: 'Units in each of two hidden layers; rounded up to even for MaxMin.',
    min: 2,
    max: 32,
    step: 2,
    default: 16,
  }),
  seed: seed({ help: 'Draws the moons, the initial weights and the points of the search.' }),
};
