/** What "Where does this output look?" is held to. */
import type { Claim } from '#lab/experiment';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import type { params } from './params';

const middle = [0.48, 0.53];
/** The size of a receptive field on paper: the union of squares around (0, -s) and (-s, 0). */
const SIZES = { paper: 73, last: 91, mix: 49, shift: 9 } as const;

export const claims: readonly Claim<typeof params, Frame, Summary>[] = [
  {
    id: 'seventy-three',
    statement:
      'Inside the board, one block reads 73 tokens with the kernels of stage 1 and 91 with those of stage 4; mixing alone reads 49, shifting alone 9.',
    source: 'Derived on this page from the official code: shifts −2 to 2, circular, before kernels with zero padding',
    quantity: 'Largest difference between the four counts from gradients and these numbers',
    criterion: { relation: '<=', threshold: 0, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'How much each of these tokens counts in a trained network.',
    measure: async (run, seed) => {
      const off: number[] = [];
      for (const [setting, size] of Object.entries(SIZES) as [keyof typeof SIZES, number][]) {
        const { summary } = await run({ seed, setting, token: middle, board: 20 }, 0);
        off.push(Math.abs(summary.covered - size));
      }
      return Math.max(...off);
    },
  },
  {
    id: 'gradients-agree',
    statement:
      'For up to four blocks the tokens with a gradient are exactly those that shifts and windows say, corners included.',
    source: 'Derived on this page; the curves of the second chart rest on it',
    quantity: 'Tokens in which both disagree, over five outputs of a board of 14 x 14 and up to four blocks',
    criterion: { relation: '<=', threshold: 0, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Boards that are not square; the tests of the operator have some.',
    measure: async (run, seed) => {
      let disagree = 0;
      for (const token of [
        [0, 1],
        [1, 0],
        [0.5, 0.5],
        [0, 0.4],
        [0.9, 0.9],
      ]) {
        disagree += (await run({ seed, board: 14, depth: 4, token }, 0)).summary.disagree;
      }
      return disagree;
    },
  },
  {
    id: 'corner-wraps',
    statement:
      'In the corner, where windows are cut but shifts wrap, one block still reads 28 tokens, some of them on the opposite edges.',
    source: 'Derived on this page from the official code (torch.roll is circular, the convolution pads with zeros)',
    quantity: 'Absolute difference from 28, at the top left of a board of 28 x 28',
    criterion: { relation: '<=', threshold: 0, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Whether a trained network makes use of the opposite edge.',
    measure: async (run, seed) => Math.abs((await run({ seed, token: [0, 1] }, 0)).summary.covered - 28),
  },
];
