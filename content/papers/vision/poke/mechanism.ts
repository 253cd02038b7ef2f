/**
 * Which outputs change when one token is pressed: two passes through untrained blocks, with the token as it is and changed.
 * Which inputs an output depends on: one gradient. Beside it what has to come out, from the operators' own structure.
 */
import { defineMechanism } from '#lab/experiment';
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { applyBlocks, startBlocks } from '#nn/vision/blocks';
import { type Contender, contenders, factsOf } from '#nn/vision/contenders';
import type { BlockWeights } from '#nn/vision/layer';
import { type TokenMap, tokensOf } from '#nn/vision/operator';
import { CHANNELS, contenderTitles, RATIO } from '../own';
import type { PokeParams } from './params';

/** How far each channel of the pressed token is moved. */
const PRESS = 0.5;

interface Board {
  name: string;
  /** Why this mixer has no such map, or null. */
  refusal: string | null;
  blocks: BlockWeights[];
  contender: Contender;
}

/** Row and column of the point of the pad. */
export function placeOf([x, y]: readonly number[], side: number): { row: number; column: number } {
  const at = (share: number) => Math.min(side - 1, Math.max(0, Math.floor(((share + 1) / 2) * side)));
  return { row: at(-(y as number)), column: at(x as number) };
}

/** Weights drawn wide enough that no path is lost in rounding: initial ones may be zero or nearly so. */
function widen(random: Random, blocks: readonly BlockWeights[], name: string): void {
  blocks.forEach((weights, i) => {
    for (const [key, variable] of Object.entries(weights)) {
      if (variable.rank < 2) continue;
      const fanIn = variable.size / (variable.shape.at(-1) as number);
      const values = random(`${name}.${i}.${key}`).normal(variable.size, 0, 1 / Math.sqrt(fanIn));
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    }
  });
}

/** Largest change of each token over its channels when token `pressed` moves: [tokens]. */
function changes({ blocks, contender }: Board, map: TokenMap, x: Float32Array, pressed: number): Float32Array {
  return tf.tidy(() => {
    const shape: [number, number, number] = [1, tokensOf(map), map.channels];
    const moved = x.slice();
    for (let k = 0; k < map.channels; k++) {
      const at = pressed * map.channels + k;
      moved[at] = (moved[at] as number) + (k % 2 ? PRESS : -PRESS);
    }
    const [before, after] = [x, moved].map((values) => applyBlocks(blocks, contender, map, tf.tensor3d(values, shape)));
    return tf.max(tf.abs(tf.sub(after as tf.Tensor3D, before as tf.Tensor3D)), 2).dataSync() as Float32Array;
  });
}

/** Largest slope, over the channels of each input token, of a random mixture of the channels of output token `read`. */
function sources(board: Board, map: TokenMap, x: Float32Array, read: number, mixture: Float32Array): Float32Array {
  return tf.tidy(() => {
    const shape: [number, number, number] = [1, tokensOf(map), map.channels];
    const towards = new Float32Array(x.length);
    towards.set(mixture, read * map.channels);
    const value = (input: tf.Tensor) =>
      tf.sum(
        tf.mul(applyBlocks(board.blocks, board.contender, map, input as tf.Tensor3D), tf.tensor3d(towards, shape)),
      );
    return tf.max(tf.abs(tf.grad(value)(tf.tensor3d(x, shape))), 2).dataSync() as Float32Array;
  });
}

/** How many tokens are reached after 0, 1, … `depth` blocks by the operators' structure; `from` output to input if asked. */
export function structure(reach: Uint8Array, tokens: number, token: number, depth: number, backwards: boolean) {
  let reached = new Uint8Array(tokens);
  reached[token] = 1;
  const counts = [1];
  for (let block = 0; block < depth; block++) {
    const next = new Uint8Array(tokens);
    for (let a = 0; a < tokens; a++) {
      if (!reached[a]) continue;
      for (let b = 0; b < tokens; b++) if (reach[backwards ? a * tokens + b : b * tokens + a]) next[b] = 1;
    }
    reached = next;
    counts.push(reached.reduce((sum, one) => sum + one, 0));
  }
  return { reached, counts };
}

export const mechanism = defineMechanism<PokeParams>()({
  setup({ params: p, random }) {
    const map: TokenMap = { height: p.side, width: p.side, channels: CHANNELS };
    const boards = [p.first, p.second].map((name, i): Board => {
      const contender = contenders[name];
      const refusal = factsOf(contender).refuses(map);
      const blocks = refusal ? [] : startBlocks(random, contender, map, { depth: p.depth, ratio: RATIO });
      widen(random, blocks, 'wide');
      const title = contenderTitles[name] + (i === 1 && p.first === p.second ? ', again' : '');
      return { name: title, contender, refusal, blocks };
    });
    return { boards, map };
  },
  frame({ boards, map }, { params: p, random }) {
    const { row, column } = placeOf(p.token, p.side);
    const token = row * p.side + column;
    const x = random('input').normal(tokensOf(map) * map.channels, 0, 1);
    const mixture = random('mixture').normal(map.channels, 0, 1);
    return {
      side: p.side,
      way: p.way,
      row,
      column,
      boards: boards.map((board) => {
        if (board.refusal) return { name: board.name, refusal: board.refusal, strength: [], share: [] };
        const strength = p.way === 'changes' ? changes(board, map, x, token) : sources(board, map, x, token, mixture);
        const { counts } = structure(
          factsOf(board.contender).reach(map),
          tokensOf(map),
          token,
          p.depth,
          p.way === 'sources',
        );
        return {
          name: board.name,
          refusal: null,
          strength: Array.from(strength),
          share: counts.map((count) => count / tokensOf(map)),
        };
      }),
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
