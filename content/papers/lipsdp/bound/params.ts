/** What can be set in the calculator. */
import { choice, integer, json, real, seed } from '#lab/params';
import { checkNetwork } from '../schema';

/** How weights are trained, where they are: steps of Adam, spread over so many steps of the run. */
export const TRAINING = { adam: 400, steps: 40 };

export const params = {
  activation: choice({
    label: 'Activation',
    symbol: '\\phi',
    help: 'Of the hidden layers. A network of your own brings its own.',
    options: ['maxmin', 'groupsort', 'householder', 'relu', 'leaky-relu', 'tanh'],
    names: {
      maxmin: 'MaxMin',
      groupsort: 'GroupSort',
      householder: 'Householder',
      relu: 'ReLU',
      'leaky-relu': 'Leaky ReLU',
      tanh: 'tanh',
    },
    default: 'maxmin',
  }),
  norm: choice({
    label: 'Norm',
    help: 'How changes of input and output are measured: Euclidean length, or the largest entry.',
    options: ['l2', 'linf'],
    names: { l2: 'ℓ2', linf: 'ℓ∞' },
    default: 'l2',
  }),
  weights: choice({
    label: 'Weights',
    help: 'Random: normal with variance 1 / inputs. Trained: the run starts with 400 steps of Adam on two moons, 2 inputs and 1 output.',
    options: ['random', 'trained'],
    names: { random: 'random', trained: 'trained on two moons' },
    default: 'random',
  }),
  inputs: integer({ label: 'Inputs', symbol: 'n_0', help: 'Random weights only.', min: 1, max: 64, default: 2 }),
  width: integer({
    label: 'Width',
    symbol: 'n',
    help: 'Units in each hidden layer; groups have to divide it.',
    min: 2,
    max: 64,
    step: 2,
    default: 16,
  }),
  depth: integer({ label: 'Hidden layers', help: 'Each followed by the activation.', min: 1, max: 4, default: 2 }),
  outputs: integer({ label: 'Outputs', symbol: 'n_l', help: 'Random weights only.', min: 1, max: 10, default: 1 }),
  group: choice({
    label: 'Group size',
    symbol: 'n_g',
    help: 'GroupSort only: how many entries are sorted together.',
    options: ['2', '4', '8'],
    default: '4',
  }),
  angle: real({
    label: 'Householder angle',
    help: 'Householder only: the direction v that is turned over; −45° is MaxMin.',
    unit: '°',
    min: -90,
    max: 90,
    step: 1,
    default: -45,
  }),
  slope: real({
    label: 'Leak',
    symbol: '\\alpha',
    help: 'Leaky ReLU only: its slope for negative inputs.',
    min: 0,
    max: 0.9,
    default: 0.1,
  }),
  network: json({
    label: 'Your network',
    help: 'A JSON file: {"layers": [{"weight": [[…], …], "bias": […], "activation": "maxmin"}, …]}; one row per output. It replaces sizes, weights and activation; null brings them back.',
    check: checkNetwork,
    default: null,
  }),
  seed: seed({ help: 'Draws the weights and the points of the search.' }),
};
