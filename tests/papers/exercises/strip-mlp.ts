import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { stripLayer } from '#nn/vision/strip-layer';
import { type Oracles, summaryOf } from '../../site/oracles';

/** The tensors of a real row layer, counted. */
function rowLayerWeights(): number {
  const map = { height: 7, width: 7, channels: 640 };
  const weights = stripLayer.start(randomFrom(1), 'block', map, { strip: 3, patches: 2 }, 1);
  const count = ['rows.matrices', 'rows.bias'].reduce((sum, name) => sum + (weights[name] as tf.Variable).size, 0);
  tf.dispose(weights as Record<string, tf.Variable>);
  return count;
}

export const oracles: Oracles = {
  numbers: {
    // From the gradients of a layer: the page counts them by hand.
    'stage-four': async () =>
      (await summaryOf('strip-mlp/strip', { side: 7, row: 4, column: 4 })).othersInRowLayer ?? Number.NaN,
    'layer-weights': rowLayerWeights,
    'corner-routes': async () => {
      const corners = { strip: '5', fromRow: 1, fromColumn: 1, row: 8, column: 8 };
      const { routes, routeError } = await summaryOf('strip-mlp/strip', corners);
      return (routeError as number) < 1e-4 ? (routes as number) : Number.NaN;
    },
  },
  goals: { 'half-price': { params: { shifts: [0, 1, 0, 1, 2, 3, 2, 3] }, steps: 400 } },
};
