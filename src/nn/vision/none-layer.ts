/** A block that is its channel MLP alone. */
import type { Layer } from './layer';
import { channelBlock, Weights } from './parts';

export const noneLayer: Layer<object> = {
  start(random, name, { channels }, _options, ratio) {
    const weights = new Weights(random, name);
    weights.channelMlp(channels, ratio);
    return weights.named;
  },
  block: channelBlock,
};
