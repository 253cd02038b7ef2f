/** What can be set in "The certified circle". */
import { choice, integer, seed, series } from '#lab/params';

/** The picture shows [-REACH, REACH]^2. */
export const REACH = 2;

export const params = {
  points: series({
    label: 'Points',
    symbol: 'x',
    help: 'Where the circles stand. Drag a point, or focus it and use the arrow keys; the training goes on.',
    editor: 'points',
    min: -REACH,
    max: REACH,
    length: [2, 16],
    default: [-0.6, 1],
    live: true,
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
