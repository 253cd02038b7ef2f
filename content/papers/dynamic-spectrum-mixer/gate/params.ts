/** What can be set in "The gate at work on a photograph". */
import { photoNames, photoTitles } from '#data/photos';
import { choice, image, integer, real, seed } from '#lab/params';

export const STEPS = 400;
export const BATCH = 32;
/** Pixels per side of the picture, and of one tile of it. */
export const SIDE = 128;
export const TILE = 16;
export const TILES = SIDE / TILE;

export const params = {
  photo: choice({
    label: 'Photograph',
    help: 'Cleaned, and never trained on: training uses tiles of the other two.',
    options: photoNames,
    names: photoTitles,
    default: 'boats',
  }),
  image: image({
    label: 'Your own picture',
    help: 'In place of the photograph. It stays in your browser.',
    side: SIDE,
  }),
  filters: integer({
    label: 'Filters that are blended',
    symbol: 'K',
    help: 'With few, a start can collapse: one filter takes every tile, and the others starve.',
    min: 2,
    max: 12,
    default: 8,
  }),
  noise: real({
    label: 'Noise',
    symbol: '\\sigma',
    help: 'Standard deviation of what is added to every pixel, as a share of the photograph’s own.',
    min: 0.1,
    max: 1.5,
    step: 0.05,
    default: 0.5,
  }),
  learningRate: real({
    label: 'Learning rate',
    help: 'Of Adam, at the first step; it falls to zero in a straight line.',
    min: 2e-3,
    max: 0.1,
    scale: 'log',
    default: 0.02,
  }),
  row: integer({
    label: 'Tile: row',
    help: 'Whose gains are shown.',
    min: 1,
    max: TILES,
    default: 4,
    live: true,
  }),
  column: integer({ label: 'Tile: column', min: 1, max: TILES, default: 5, live: true }),
  seed: seed({ help: 'Draws the initial weights, the tiles and the noise.' }),
};
