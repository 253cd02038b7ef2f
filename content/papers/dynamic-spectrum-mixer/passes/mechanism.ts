/** White noise through the blocks of trained and of untrained classifiers: how much of each band they add. */
import { defineMechanism } from '#lab/experiment';
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { radialBands } from '#math/dct';
import { applyBlocks } from '#nn/vision/blocks';
import { type Classifier, startClassifier, variablesOf } from '#nn/vision/classifier';
import { type ContenderName, contenders } from '#nn/vision/contenders';
import { tokensOf } from '#nn/vision/operator';
import { toSpectrum } from '#nn/vision/spectrum-layer';
import { trainedShape } from '../../vision/models';
import { loadTrained } from '../../vision/trained';
import { BANDS, bandMeans } from '../gains';
import type { params } from './params';

const { map } = trainedShape;
const tokens = tokensOf(map);
/** Frequencies in the slowest band, (0, 0) among them. */
const slowest = radialBands(map.height, map.width, BANDS).filter((band) => band === 0).length;

/**
 * Variance over the maps of each coefficient of f(x) - x, [tokens], mean over channels, for white noise x. What is the
 * same for every x, such as a bias, is no answer to it and drops out.
 */
function variances({ blocks }: Classifier, name: ContenderName, noise: Float32Array): Float32Array {
  return tf.tidy(() => {
    const x = tf.tensor3d(noise, [noise.length / (tokens * map.channels), tokens, map.channels]);
    const added = tf.sub(applyBlocks(blocks, contenders[name], map, x), x) as tf.Tensor3D;
    const { variance } = tf.moments(toSpectrum(added, map), 0);
    return tf.reshape(tf.mean(variance, 0), [-1]).dataSync() as Float32Array;
  });
}

/** In dB over the mean of all frequencies but (0, 0): first that one by itself, then each band without it. */
function bandsOf(spectrum: Float32Array): number[] {
  const [mean, ...waves] = spectrum;
  const level = waves.reduce((a, b) => a + b) / waves.length;
  const [first = 0, ...rest] = bandMeans(spectrum, map.height);
  const bands = [(first * slowest - (mean as number)) / (slowest - 1), ...rest];
  return [mean as number, ...bands].map((value) => 10 * Math.log10(Math.max(1e-12, value) / level));
}

async function responseOf(name: ContenderName, trained: Classifier, random: Random, noise: Float32Array) {
  const untrained = startClassifier(random, contenders[name], trainedShape);
  const response = {
    name,
    title: contenders[name].title,
    trained: bandsOf(variances(trained, name, noise)),
    untrained: bandsOf(variances(untrained, name, noise)),
  };
  tf.dispose([variablesOf(trained), variablesOf(untrained)]);
  return response;
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ params: { first, second, third, maps }, random, load }) {
    const noise = random('noise').normal(maps * tokens * map.channels, 0, 1);
    const responses: Awaited<ReturnType<typeof responseOf>>[] = [];
    for (const name of new Set([first, second, third]))
      responses.push(await responseOf(name, await loadTrained(load, 'fashion', name), random, noise));
    return { responses };
  },
  frame: ({ responses }, { params: { first, second, third } }) => ({
    chosen: [first, second, third] as const,
    /** One for each mixer, however often it is chosen. */
    responses: responses.map((response) => ({ ...response })),
  }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
