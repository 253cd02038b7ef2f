/** "One row versus a strip": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

const reached = (frame: Frame, board: number) => frame.boards[board]?.cells.filter((x) => x > 0).length ?? 0;

const summary = (frame: Frame) => ({
  /** Other tokens that reach the chosen output through the row layer alone. */
  othersInRowLayer: reached(frame, 0) - 1,
  reachedInRowLayer: reached(frame, 0),
  reachedInBoth: reached(frame, 1),
  reachedLocally: reached(frame, 2),
  reachedInAll: reached(frame, 3),
  routes: frame.routes.length,
  /** Relative difference of the routes' sum from the gradient. */
  routeError: Math.abs(frame.routeSum - frame.gradient) / frame.gradient,
  leak: frame.leak,
  matrices: frame.matrices,
  layerWeights: frame.layerWeights,
});

export const strip = defineExperiment({
  id: 'strip-mlp/strip',
  title: 'One row versus a strip',
  params,
  steps: () => 0,
  hint: 'Reset; this layer has no setting that should do this.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { side: 5 },
});
