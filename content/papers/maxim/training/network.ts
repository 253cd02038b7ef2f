/** Trains one restorer for one task. Stops and goes on: batches depend on the seed and the step alone. Node only. */
import { compileStep } from '#accelerate/compile-step';
import { type Random, randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { degraded, type Task } from '../degrade';
import type { Grey } from '../picture';
import { fill, type RestorerName, type RestorerWeights, restore, startRestorer, variablesOf } from '../restorers';
import type { Checkpoint } from './checkpoint';
import { randomPatch } from './photographs';

export interface Plan {
  task: Task;
  network: RestorerName;
  seed: number;
  steps: number;
  /** Patches in a batch, and their side in pixels. */
  batch: number;
  side: number;
  /** Adam's largest rate: reached after `warmUp` steps, then down half a cosine to 0. */
  rate: number;
  warmUp: number;
}

export const rateAt = (step: number, { rate, warmUp, steps }: Plan): number =>
  step < warmUp
    ? (rate * (step + 1)) / warmUp
    : 0.5 * rate * (1 + Math.cos((Math.PI * (step - warmUp)) / (steps - warmUp)));

/** A batch as [batch, side, side]: spoilt patches and the patches themselves, strengths uniform on [0.1, 1]. */
export function drawBatch(pictures: readonly Grey[], { task, seed, batch, side }: Plan, step: number) {
  const stream = randomFrom(seed)(`${task} ${step}`);
  const [spoilt, clean] = [0, 1].map(() => new Float32Array(batch * side * side)) as [Float32Array, Float32Array];
  for (let b = 0; b < batch; b++) {
    const patch = randomPatch(pictures, side, stream);
    const random: Random = () => stream;
    clean.set(patch.values, b * side * side);
    spoilt.set(degraded(patch, task, 0.1 + 0.9 * stream.next(), random).values, b * side * side);
  }
  return { spoilt, clean };
}

export class NetworkTraining {
  readonly weights: RestorerWeights;
  readonly losses: number[] = [];
  seconds = 0;
  private readonly optimizer: tf.AdamOptimizer;
  private readonly loss = tf.variable(tf.scalar(0), false);
  private readonly compiled;

  constructor(
    private readonly plan: Plan,
    private readonly pictures: readonly Grey[],
  ) {
    this.weights = startRestorer(plan.network, randomFrom(plan.seed));
    this.optimizer = tf.train.adam(plan.rate);
    const variables = variablesOf(this.weights);
    this.compiled = compileStep((x: tf.Tensor, y: tf.Tensor) =>
      tf.tidy(() => {
        const value = this.optimizer.minimize(
          () => tf.losses.meanSquaredError(y, restore(plan.network, this.weights, x as tf.Tensor3D)) as tf.Scalar,
          true,
          variables,
        );
        this.loss.assign(value as tf.Scalar);
      }),
    );
  }

  step(): void {
    const started = performance.now();
    const { batch, side } = this.plan;
    const { spoilt, clean } = drawBatch(this.pictures, this.plan, this.losses.length);
    // tfjs reads the rate at every step, but declares it for subclasses only.
    (this.optimizer as unknown as { learningRate: number }).learningRate = rateAt(this.losses.length, this.plan);
    const inputs = [spoilt, clean].map((values) => tf.tensor3d(values, [batch, side, side])) as [tf.Tensor, tf.Tensor];
    this.compiled(...inputs);
    tf.dispose(inputs);
    this.losses.push(this.loss.dataSync()[0] as number);
    this.seconds += (performance.now() - started) / 1000;
  }

  flat(): Float32Array {
    return Float32Array.from(variablesOf(this.weights).flatMap((w) => Array.from(w.dataSync())));
  }

  async checkpoint(): Promise<Checkpoint> {
    const slots = (await this.optimizer.getWeights()).slice(1).flatMap(({ tensor }) => Array.from(tensor.dataSync()));
    const numbers = Float32Array.from([...this.flat(), ...slots]);
    return { losses: [...this.losses], seconds: this.seconds, numbers };
  }

  async resume({ losses, seconds, numbers }: Checkpoint): Promise<void> {
    this.losses.push(...losses);
    this.seconds = seconds;
    const variables = variablesOf(this.weights);
    let at = variables.reduce((sum, w) => sum + w.size, 0);
    fill(this.weights, numbers.slice(0, at));
    const slots = [...variables, ...variables].map((w) => {
      const values = numbers.slice(at, at + w.size);
      at += w.size;
      return { name: w.name, tensor: tf.tensor(values, w.shape) };
    });
    const iterations = { name: 'iter', tensor: tf.scalar(losses.length, 'int32') };
    await this.optimizer.setWeights([iterations, ...slots]);
  }

  dispose(): void {
    this.compiled.dispose();
    this.optimizer.dispose();
    tf.dispose([...variablesOf(this.weights), this.loss]);
  }
}
