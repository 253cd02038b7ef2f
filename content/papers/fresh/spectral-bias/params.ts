/** What can be set in "Low frequencies first". */
import { choice, integer, real, seed, series } from '#lab/params';

/** Highest frequency of the mixing desk, in cycles over the interval. */
export const HIGHEST = 16;

const equalVoices = [1, 2, 4, 6, 8, 10, 12];

export const params = {
  amplitudes: series({
    label: 'Amplitudes',
    symbol: 'A_k',
    help: 'How loud each frequency of the target is, from 1 cycle over the interval to 16.',
    min: 0,
    max: 2,
    length: [HIGHEST, HIGHEST],
    editor: 'bars',
    default: Array.from({ length: HIGHEST }, (_, i) => (equalVoices.includes(i + 1) ? 1 : 0)),
  }),
  drawn: series({
    label: 'Drawn signal',
    help: 'A target drawn by hand, as up to 64 heights; empty while the amplitudes above make it.',
    min: -4,
    max: 4,
    length: [0, 64],
    editor: 'curve',
    default: [],
  }),
  encoding: choice({
    label: 'Encoding',
    help: 'What the position goes through before the network sees it.',
    options: ['none', 'fourier', 'siren'],
    names: { none: 'None (plain MLP)', fourier: 'Fourier features', siren: 'SIREN' },
    default: 'none',
  }),
  activation: choice({
    label: 'Activation',
    help: 'The non-linearity of the hidden layers; SIREN brings its own sine.',
    options: ['relu', 'tanh', 'sine'],
    names: { relu: 'ReLU', tanh: 'tanh', sine: 'sine' },
    default: 'relu',
  }),
  width: integer({
    label: 'Width',
    symbol: 'm',
    help: 'Units in each hidden layer.',
    min: 8,
    max: 256,
    step: 8,
    default: 64,
  }),
  depth: integer({
    label: 'Depth',
    symbol: 'L',
    help: 'Dense layers, the output layer among them.',
    min: 2,
    max: 8,
    default: 6,
  }),
  sigma: real({
    label: 'Spread of frequencies',
    symbol: '\\sigma',
    help: 'Fourier features only: the standard deviation of the random frequencies.',
    min: 0.2,
    max: 8,
    scale: 'log',
    default: 1,
  }),
  omega0: real({
    label: 'First-layer frequency',
    symbol: '\\omega_0',
    help: 'SIREN only: the factor on the position.',
    min: 2,
    max: 120,
    scale: 'log',
    default: 30,
  }),
  learningRate: real({
    label: 'Learning rate',
    symbol: '\\eta',
    help: 'Step size of Adam; takes effect while the run goes on.',
    min: 1e-5,
    max: 1,
    scale: 'log',
    default: 1e-3,
    live: true,
  }),
  seed: seed({ help: 'Draws the phases of the target and the initial weights; equal seeds give equal runs.' }),
};
