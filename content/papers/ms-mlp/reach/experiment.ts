/** "Where does this output look?": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import type { Values } from '#lab/params';
import { oddKernel, optionsOf, wholeShift } from '../presets';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

const summary = ({ covered, first, disagree }: Frame) => ({
  /** Tokens of the board that the output depends on. */
  covered,
  share: covered / first.length,
  disagree,
});

export type Summary = ReturnType<typeof summary>;

/** A dragged bar: from the setting in force to the reader's own, which differs in this one entry. */
const own =
  (name: 'shifts' | 'kernels', nearest: (x: number) => number) =>
  (values: Values<typeof params>, { index, value }: { index: number; value: number }) => {
    const { shifts, kernels } = optionsOf(values);
    const now = { shifts, kernels };
    return {
      ...now,
      setting: 'own' as const,
      [name]: now[name].map((x, g) => (g === index ? nearest(value) : x)),
    };
  };

export const reach = defineExperiment({
  id: 'ms-mlp/reach',
  title: 'Where does this output look?',
  params,
  steps: () => 0,
  hint: 'Choose one of the settings again.',
  act: { shifts: own('shifts', wholeShift), kernels: own('kernels', oddKernel) },
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { board: 9 },
});
