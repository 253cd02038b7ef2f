/** Filters trained against noise on tiles of two photographs, at work on a third: what the generator lets through where. */
import { loadPhoto, type PhotoName, photoNames } from '#data/photos';
import { type Context, defineMechanism } from '#lab/experiment';
import type { Stream } from '#lab/random';
import { finite } from '#lab/stopped';
import * as tf from '#lab/tf';
import { apply, type Filter, lossOf, sharesOf, startFilter } from '../filters';
import { bandMeans } from '../gains';
import { BATCH, type params, SIDE, STEPS, TILE, TILES } from './params';

const SIZE = TILE ** 2;

const at = (xs: ArrayLike<number>, i: number) => xs[i] as number;

/** Mean 0 and variance 1; a flat picture stays at 0. */
function standardised(grey: readonly number[]): { values: Float32Array; mean: number; deviation: number } {
  const mean = grey.reduce((a, b) => a + b) / grey.length;
  const deviation = Math.sqrt(grey.reduce((sum, v) => sum + (v - mean) ** 2, 0) / grey.length) || 1;
  return { values: Float32Array.from(grey, (v) => (v - mean) / deviation), mean, deviation };
}

/** Where pixel p of tile t of a picture cut into TILES x TILES lies. */
const placeOf = (t: number, p: number) =>
  (Math.floor(t / TILES) * TILE + Math.floor(p / TILE)) * SIDE + (t % TILES) * TILE + (p % TILE);

/** A picture [SIDE, SIDE] as tiles [TILES², SIZE], and back. */
const cut = (picture: ArrayLike<number>) =>
  Float32Array.from({ length: SIDE ** 2 }, (_, j) => at(picture, placeOf(Math.floor(j / SIZE), j % SIZE)));
function joined(tiles: ArrayLike<number>): Float32Array {
  const picture = new Float32Array(SIDE ** 2);
  for (let j = 0; j < picture.length; j++) picture[placeOf(Math.floor(j / SIZE), j % SIZE)] = at(tiles, j);
  return picture;
}

/** Tiles from anywhere in the photographs. */
function drawTiles(stream: Stream, photos: readonly Float32Array[], count: number): Float32Array {
  const tiles = new Float32Array(count * SIZE);
  for (let i = 0; i < count; i++) {
    const photo = photos[stream.index(photos.length)] as Float32Array;
    const corner = stream.index(SIDE - TILE + 1) * SIDE + stream.index(SIDE - TILE + 1);
    for (let p = 0; p < SIZE; p++) tiles[i * SIZE + p] = at(photo, corner + Math.floor(p / TILE) * SIDE + (p % TILE));
  }
  return tiles;
}

const asTensor = (tiles: Float32Array) => tf.tensor3d(tiles, [tiles.length / SIZE, SIZE, 1]);
const noiseOn = (tiles: Float32Array, stream: Stream, deviation: number) => {
  const noise = stream.normal(tiles.length, 0, deviation);
  return tiles.map((v, j) => v + at(noise, j));
};

async function photographs({ params: { photo, image }, load }: Context<typeof params>) {
  const others = photoNames.filter((name: PhotoName) => name !== photo);
  const training = await Promise.all(others.map((name) => loadPhoto(load, name, SIDE)));
  return {
    shown: standardised(image ? image.grey : await loadPhoto(load, photo, SIDE)),
    training: training.map((grey) => standardised(grey).values),
  };
}

export const mechanism = defineMechanism<typeof params>()({
  async setup(context) {
    const { params: p, random } = context;
    const { shown, training } = await photographs(context);
    const tiles = cut(shown.values);
    const noisy = noiseOn(tiles, random('noise of the picture'), p.noise);
    const start = (name: string, filters: number) => ({
      filter: startFilter(random, name, TILE, { filters, context: 'bands' }),
      optimizer: tf.train.adam(p.learningRate),
      error: [] as number[],
    });
    return {
      shown,
      training,
      tiles: { clean: asTensor(tiles), noisy: asTensor(noisy) },
      places: random('tiles'),
      noise: random('noise'),
      fixed: start('fixed', 1),
      dynamic: start('dynamic', p.filters),
      steps: [] as number[],
    };
  },
  step({ training, places, noise, fixed, dynamic }, { params: p, step }) {
    const tiles = drawTiles(places, training, BATCH);
    const withNoise = noiseOn(tiles, noise, p.noise);
    tf.tidy(() => {
      const [clean, noisy] = [asTensor(tiles), asTensor(withNoise)];
      for (const { filter, optimizer } of [fixed, dynamic]) {
        (optimizer as unknown as { learningRate: number }).learningRate = p.learningRate * (1 - step / STEPS);
        optimizer.minimize(() => lossOf(filter, noisy, clean), false, Object.values(filter.weights));
      }
    });
  },
  async measure({ tiles: { clean, noisy }, fixed, dynamic, steps }, { step }) {
    for (const { filter, error } of [fixed, dynamic]) {
      const loss = tf.tidy(() => lossOf(filter, noisy, clean));
      error.push(finite('the error', at(await loss.data(), 0)));
      loss.dispose();
    }
    steps.push(step);
  },
  async frame({ shown, tiles, fixed, dynamic, steps }, { params: { noise, row, column } }) {
    const shares = tf.tidy(() => sharesOf(dynamic.filter, tiles.noisy).arraySync());
    const bank = tf.tidy(() => dynamic.filter.weights.filters?.arraySync()) as number[][];
    const gainsOf = (t: number) =>
      Array.from({ length: SIZE }, (_, k) =>
        bank.reduce((sum, filter, m) => sum + at(shares[t] as number[], m) * at(filter, k), 0),
      );
    const byTile = shares.map((_, t) => bandMeans(gainsOf(t), TILE));
    const fast = byTile.map((bands) => bands.slice(1).reduce((a, b) => a + b) / (bands.length - 1));
    const clean = tiles.clean.dataSync() as Float32Array;
    const filtered = ({ filter }: { filter: Filter }) =>
      tf.tidy(() => apply(filter, tiles.noisy).dataSync()) as Float32Array;
    const grey = (values: ArrayLike<number>) =>
      Array.from(joined(values), (v) => Math.round(255 * Math.min(1, Math.max(0, shown.mean + shown.deviation * v))));
    const chosen = (row - 1) * TILES + column - 1;
    return {
      steps: [...steps],
      fixed: [...fixed.error],
      dynamic: [...dynamic.error],
      filters: bank.length,
      /** Mean share of each filter over the tiles. */
      shares: bank.map((_, m) => shares.reduce((sum, alpha) => sum + at(alpha, m), 0) / shares.length),
      untouched: noise ** 2,
      clean: grey(clean),
      noisy: grey(tiles.noisy.dataSync()),
      byOne: grey(filtered(fixed)),
      byMany: grey(filtered(dynamic)),
      place: [row, column] as const,
      /** For each tile, the mean gain of all bands but the slowest. */
      fast,
      /** For each tile, its energy without its mean: what there is to keep. */
      detail: Array.from({ length: TILES ** 2 }, (_, t) => {
        const own = clean.subarray(t * SIZE, (t + 1) * SIZE);
        const mean = own.reduce((a, b) => a + b) / SIZE;
        return own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / SIZE;
      }),
      gains: {
        chosen: gainsOf(chosen).map((w) => Math.round(255 * Math.min(1, Math.max(0, w)))),
        byBand: byTile[chosen] as number[],
        /** The tiles that pass least and most of the fast waves. */
        least: byTile[fast.indexOf(Math.min(...fast))] as number[],
        most: byTile[fast.indexOf(Math.max(...fast))] as number[],
        fixed: bandMeans(tf.tidy(() => fixed.filter.weights.filters?.dataSync()) as Float32Array, TILE),
      },
    };
  },
  weights: ({ fixed, dynamic }) => ({
    fixed: fixed.filter.weights.filters as tf.Variable,
    ...dynamic.filter.weights,
  }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
