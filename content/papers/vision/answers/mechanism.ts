/**
 * Classifiers that come trained are asked what a picture is, and how many of the held-out pictures they get right, at the
 * size they were trained at and at others.
 */
import { classNames, loadClasses, type Pictures, SIDE } from '#data/classes';
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import * as tf from '#lab/tf';
import { bicubicMatrix } from '#nn/vision/bicubic';
import { applyResized, refusesSize } from '#nn/vision/blocks';
import { type Classifier, logitsOf, patchesOf } from '#nn/vision/classifier';
import { type ContenderName, contenders } from '#nn/vision/contenders';
import { CLASSES, type NetworkShape, PATCH } from '#nn/vision/network';
import { tokensOf } from '#nn/vision/operator';
import { trainedNames, trainedShape } from '../models';
import { contenderTitles } from '../own';
import { loadTrained } from '../trained';
import { type params, sizes } from './params';

/** Held-out pictures that are judged at every size, the first of each class. */
export const JUDGED = 200;
const TRAINED_AT = trainedShape.map.height * PATCH;

const shapeAt = (pixels: number): NetworkShape => ({
  ...trainedShape,
  map: { ...trainedShape.map, height: pixels / PATCH, width: pixels / PATCH },
});

/** Pictures [count, 28 * 28] with their border, resized to `pixels`: [count, pixels * pixels]. */
export function resizedPictures(grey: Float32Array, pixels: number): Float32Array {
  const count = grey.length / SIDE ** 2;
  const border = (TRAINED_AT - SIDE) / 2;
  return tf.tidy(() => {
    const bordered = tf.pad(tf.tensor3d(grey, [count, SIDE, SIDE]), [
      [0, 0],
      [border, border],
      [border, border],
    ]);
    if (pixels === TRAINED_AT) return bordered.dataSync() as Float32Array;
    const matrix = tf.tensor2d(Float32Array.from(bicubicMatrix(TRAINED_AT, pixels)), [pixels, TRAINED_AT]);
    const wide = tf.matMul(tf.reshape(bordered, [-1, TRAINED_AT]) as tf.Tensor2D, matrix, false, true);
    const columns = tf.transpose(tf.reshape(wide, [count, TRAINED_AT, pixels]), [0, 2, 1]);
    const tall = tf.matMul(tf.reshape(columns, [-1, TRAINED_AT]) as tf.Tensor2D, matrix, false, true);
    return tf.transpose(tf.reshape(tall, [count, pixels, pixels]), [0, 2, 1]).dataSync() as Float32Array;
  });
}

/** [pictures, 10] probabilities of pictures [count, pixels²]. */
function ask(classifier: Classifier, name: ContenderName, pictures: Float32Array, pixels: number): Float32Array {
  const shape = shapeAt(pixels);
  const patches = patchesOf(pictures, pixels, shape);
  return tf.tidy(() => {
    const contender = contenders[name];
    const x = tf.tensor3d(patches, [pictures.length / pixels ** 2, tokensOf(shape.map), PATCH ** 2]);
    const apply = (y: tf.Tensor3D) => applyResized(classifier.blocks, contender, trainedShape.map, shape.map, y);
    return tf.softmax(logitsOf(classifier, contender, shape, x, apply)).dataSync() as Float32Array;
  });
}

const rightOf = (probabilities: Float32Array, labels: Int32Array) => {
  const right = labels.filter((label, i) => {
    const row = probabilities.subarray(i * CLASSES, (i + 1) * CLASSES);
    return row.indexOf(Math.max(...row)) === label;
  });
  return right.length / labels.length;
};

/** The picture that is asked about, [784], and its class where that is known. */
function askedFor({ own, invert, picture }: Values<typeof params>, { grey, labels }: Pictures) {
  if (own) return { asked: Float32Array.from(own.grey, (value) => (invert ? 1 - value : value)), label: null };
  const at = picture - 1;
  return { asked: grey.slice(at * SIDE ** 2, (at + 1) * SIDE ** 2), label: labels[at] as number };
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ params: p, load }) {
    const { heldOut } = await loadClasses(load, p.pictures);
    const judged: Pictures = {
      grey: heldOut.grey.slice(0, JUDGED * SIDE ** 2),
      labels: heldOut.labels.slice(0, JUDGED),
    };
    const models = await Promise.all(
      trainedNames.map(async (name) => ({
        name,
        classifier: await loadTrained(load, p.pictures, name),
        accuracy: [] as (number | null)[],
      })),
    );
    return {
      models,
      // Behind functions: the runtime, which walks a state for tensors to free, does not have to walk the pictures.
      judged: () => judged,
      heldOut: () => heldOut,
    };
  },
  // Each step is one model at one size; measuring it is all the work.
  step() {},
  measure({ models, judged }, { step }) {
    const { name, classifier, accuracy } = models[(step - 1) % models.length] ?? {};
    const pixels = Number(sizes[Math.floor((step - 1) / models.length)]);
    // A run may be taken beyond its end; then all sizes are done.
    if (!name || !classifier || !accuracy || !(pixels > 0)) return;
    const { grey, labels } = judged();
    accuracy.push(
      refusesSize(contenders[name], trainedShape.map, shapeAt(pixels).map)
        ? null
        : rightOf(ask(classifier, name, resizedPictures(grey, pixels), pixels), labels),
    );
  },
  frame(state, { params: p }) {
    const pixels = Number(p.size);
    const { asked, label } = askedFor(p, state.heldOut());
    const picture = resizedPictures(asked, pixels);
    return {
      classes: classNames[p.pictures],
      label,
      pixels,
      picture: Array.from(picture),
      sizes: sizes.slice(0, state.models[0]?.accuracy.length).map(Number),
      models: state.models.map(({ name, classifier, accuracy }) => {
        const refusal = refusesSize(contenders[name], trainedShape.map, shapeAt(pixels).map);
        return {
          name: contenderTitles[name],
          refusal,
          shares: refusal ? [] : Array.from(ask(classifier, name, picture, pixels)),
          accuracy: [...accuracy],
        };
      }),
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
