/**
 * Two classifiers that differ in their token mixer alone are trained on the same pictures, one after the other: so each has
 * the machine for itself, and its seconds are its own.
 */
import { classNames, loadClasses, SIDE } from '#data/classes';
import { defineMechanism } from '#lab/experiment';
import { finite } from '#lab/stopped';
import { patchesOf } from '#nn/vision/classifier';
import { contenders } from '#nn/vision/contenders';
import { CLASSES, channelsFor, type NetworkShape, networkCost, tokenCost } from '#nn/vision/network';
import { judge, makeBatches, setRate, startTrainer, type Trainer, trainStep } from '#nn/vision/trainer';
import { CHANNELS, contenderTitles, DEPTH, RATIO, TOKENS } from '../own';
import type { RaceParams } from './params';

export const shapeWith = (channels: number): NetworkShape => ({
  map: { height: TOKENS, width: TOKENS, channels },
  depth: DEPTH,
  ratio: RATIO,
});

interface Racer {
  name: string;
  trainer: Trainer;
  channels: number;
  step: number[];
  /** Loss on the batch of the last step before, in nats. */
  loss: number[];
  /** Share of the held-out pictures that it gets right. */
  accuracy: number[];
  seconds: number[];
  /** [true class][answer]: held-out pictures. */
  confusion: number[][];
}

/** How many of the pictures are right, and what they were taken for. */
function scored(probabilities: Float32Array, labels: Int32Array) {
  const confusion = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  let right = 0;
  labels.forEach((label, i) => {
    const row = probabilities.subarray(i * CLASSES, (i + 1) * CLASSES);
    const answer = row.indexOf(Math.max(...row));
    (confusion[label] as number[])[answer] = ((confusion[label] as number[])[answer] as number) + 1;
    if (answer === label) right++;
  });
  return { confusion, accuracy: right / labels.length };
}

export const mechanism = defineMechanism<RaceParams>()({
  async setup({ params: p, random, load }) {
    const { train, heldOut } = await loadClasses(load, p.pictures);
    const shape = shapeWith(CHANNELS);
    const batches = makeBatches(random, patchesOf(train.grey, SIDE, shape), train.labels);
    const goal = networkCost(contenders[p.first], shape);
    const racers = [p.first, p.second].map((name, i): Racer => {
      const contender = contenders[name];
      const channels =
        i === 0 || p.budget === 'channels' ? CHANNELS : channelsFor(contender, shape, p.budget, goal[p.budget]);
      return {
        name: contenderTitles[name] + (i === 1 && p.first === p.second ? ', again' : ''),
        channels,
        trainer: startTrainer(random, contender, shapeWith(channels), batches),
        step: [],
        loss: [],
        accuracy: [],
        seconds: [],
        confusion: [],
      };
    });
    // Behind functions: the runtime, which walks a state for tensors to free, does not have to walk the pictures.
    const patches = patchesOf(heldOut.grey, SIDE, shape);
    return {
      racers,
      batches,
      turn: 0,
      begun: 0,
      heldOut: () => ({ patches, labels: heldOut.labels }),
      set: p.pictures,
      length: p.length,
    };
  },
  // #region step
  step({ racers, turn, batches }) {
    trainStep((racers[turn] as Racer).trainer, batches);
  },
  // #endregion
  async measure(state, { step, seconds, params: p }) {
    const { patches, labels } = state.heldOut();
    const read = async (racer: Racer, at: number, from: number) => {
      racer.step.push(at);
      racer.seconds.push(seconds - from);
      racer.loss.push(finite(`the loss with ${racer.name}`, (await racer.trainer.loss.data())[0] as number));
      const { accuracy, confusion } = scored(judge(racer.trainer, patches), labels);
      racer.accuracy.push(accuracy);
      racer.confusion = confusion;
    };
    const racer = state.racers[state.turn] as Racer;
    const taken = step - state.turn * p.length;
    await read(racer, taken, state.begun);
    setRate(racer.trainer, taken, p.length);
    if (taken === p.length && state.turn === 0) {
      state.turn = 1;
      state.begun = seconds;
      const second = state.racers[1] as Racer;
      await read(second, 0, seconds);
      setRate(second.trainer, 0, p.length);
    }
  },
  frame: ({ racers, set, length }) => ({
    classes: classNames[set],
    /** Steps of each, by the end. */
    length,
    racers: racers.map(({ name, trainer, channels, step, loss, accuracy, seconds, confusion }) => ({
      name,
      channels,
      ...networkCost(trainer.contender, trainer.shape),
      tokenWeights: tokenCost(trainer.contender, trainer.shape).weights,
      step: [...step],
      loss: [...loss],
      accuracy: [...accuracy],
      seconds: [...seconds],
      confusion: confusion.map((row) => [...row]),
    })),
  }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
