/** Trained classifiers read from their files. */
import type { SetName } from '#data/classes';
import type { Context } from '#lab/experiment';
import type { Schema } from '#lab/params';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { type Classifier, startClassifier, variablesOf } from '#nn/vision/classifier';
import { type ContenderName, contenders } from '#nn/vision/contenders';
import { trainedShape, weightFile } from './models';

/** Puts `values` in place of the weights, in the order of {@link variablesOf}. Throws if there are too few or too many. */
export function setWeights(classifier: Classifier, values: Float32Array): void {
  const variables = variablesOf(classifier);
  const size = variables.reduce((sum, variable) => sum + variable.size, 0);
  if (size !== values.length) throw new Error(`Expected ${size} weights, got ${values.length}.`);
  let from = 0;
  for (const variable of variables) {
    const part = values.slice(from, from + variable.size);
    tf.tidy(() => variable.assign(tf.tensor(part, variable.shape)));
    from += variable.size;
  }
}

export async function loadTrained(
  load: Context<Schema>['load'],
  set: SetName,
  name: ContenderName,
): Promise<Classifier> {
  const bytes = await load(weightFile(set, name));
  // The structure alone is wanted; what is drawn is replaced.
  const classifier = startClassifier(randomFrom(1), contenders[name], trainedShape);
  // Copied, because float32 has to start at a multiple of four bytes.
  setWeights(classifier, new Float32Array(Uint8Array.from(bytes).buffer));
  return classifier;
}
