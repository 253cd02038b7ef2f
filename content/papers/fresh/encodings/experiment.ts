/** "Four ways to see a position": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { centroid } from '../spectrum';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

export function summary({ networks }: Frame) {
  const figure = (name: string, of: (n: Frame['networks'][number]) => number | undefined) => {
    const network = networks.find((n) => n.name === name);
    return (network && of(network)) ?? null;
  };
  return {
    plainLoss: figure('plain ReLU', (n) => n.loss.at(-1)),
    fourierLoss: figure('Fourier features', (n) => n.loss.at(-1)),
    sirenLoss: figure('SIREN', (n) => n.loss.at(-1)),
    finerLoss: figure('FINER', (n) => n.loss.at(-1)),
    fourierBetween: figure('Fourier features', (n) => n.between.at(-1)),
    sirenBetween: figure('SIREN', (n) => n.between.at(-1)),
    plainDistance: figure('plain ReLU', (n) => n.distance),
    fourierDistance: figure('Fourier features', (n) => n.distance),
    sirenDistance: figure('SIREN', (n) => n.distance),
    finerDistance: figure('FINER', (n) => n.distance),
    fourierCentroid: figure('Fourier features', (n) => centroid(n.untrained)),
    sirenCentroid: figure('SIREN', (n) => centroid(n.untrained)),
  };
}

export type Summary = ReturnType<typeof summary>;

export const encodings = defineExperiment({
  id: 'fresh/encodings',
  title: 'Four ways to see a position',
  params,
  steps: () => 300,
  measureEvery: 10,
  hint: 'Take a smaller σ or ω₀ and reset.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: {},
});
