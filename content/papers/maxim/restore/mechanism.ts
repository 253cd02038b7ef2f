/** Spoils a photograph and restores it by two filters and two trained networks. All in the browser. */
import { loadPhoto } from '#data/photos';
import { type Context, defineMechanism } from '#lab/experiment';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { degraded } from '../degrade';
import { loadTuned, loadWeights } from '../files';
import { bilateralFilter, gaussianFilter } from '../filters';
import { clipped, type Grey, grey, psnr } from '../picture';
import { fill, type RestorerName, restore, startRestorer, variablesOf } from '../restorers';
import { type Method, methods, type params } from './params';

/** Average of each 2 x 2 block: half the side. */
function halved(values: readonly number[], side: number): number[] {
  const half = side / 2;
  return Array.from({ length: half * half }, (_, i) => {
    const at = 2 * Math.floor(i / half) * side + 2 * (i % half);
    return [0, 1, side, side + 1].reduce((sum, offset) => sum + (values[at + offset] as number), 0) / 4;
  });
}

async function original({ params: p, load }: Context<typeof params>): Promise<Grey> {
  const side = Number(p.side);
  if (!p.image) return grey(side, side, await loadPhoto(load, p.photo, side));
  return grey(side, side, side === p.image.side ? p.image.grey : halved(p.image.grey, p.image.side));
}

/** `picture` as the trained network `name` restores it. */
async function byNetwork(name: RestorerName, flat: Float32Array, picture: Grey): Promise<Grey> {
  const { height, width, values } = picture;
  // Their initial weights are overwritten, so that any seed does.
  const weights = startRestorer(name, randomFrom(1));
  fill(weights, flat);
  const output = tf.tidy(() => restore(name, weights, tf.tensor3d(values, [1, height, width])));
  const restored = grey(height, width, await output.data());
  tf.dispose([output, ...variablesOf(weights)]);
  return restored;
}

const bytes = ({ values }: Grey) => Array.from(values, (v) => Math.round(255 * v));

export const mechanism = defineMechanism<typeof params>()({
  async setup(context) {
    const { params: p, random, load } = context;
    const clean = await original(context);
    const spoilt = degraded(clean, p.task, p.strength, random);
    const { gaussian, bilateral } = await loadTuned(load, p.task, p.strength);
    const [cnn, maxim] = [await loadWeights(load, p.task, 'cnn'), await loadWeights(load, p.task, 'maxim')];
    const restored: Record<Method, Grey> = {
      gaussian: gaussianFilter(spoilt, gaussian),
      bilateral: bilateral ? bilateralFilter(spoilt, bilateral) : spoilt,
      cnn: await byNetwork('cnn', cnn, spoilt),
      maxim: await byNetwork('maxim', maxim, spoilt),
    };
    return { clean, spoilt, restored, settings: { gaussian, bilateral } };
  },
  frame({ clean, spoilt, restored, settings }, { params: p }) {
    const all = methods.map((method) => clipped(restored[method]));
    return {
      side: clean.width,
      task: p.task,
      strength: p.strength,
      compared: p.compared,
      reveal: p.reveal,
      settings,
      /** In dB against the clean picture: the spoilt one, then each method in the order of `methods`. */
      psnr: [spoilt, ...all].map((picture) => psnr(picture, clean)),
      /** Grey 0..255. */
      clean: bytes(clean),
      spoilt: bytes(spoilt),
      restored: all.map(bytes),
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
