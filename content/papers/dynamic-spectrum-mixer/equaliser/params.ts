/** What can be set in the equaliser. */
import { photoNames, photoTitles } from '#data/photos';
import { choice, image, integer, series } from '#lab/params';
import { BANDS, presetNames } from '../gains';

export const SIDE = 64;

export const params = {
  photo: choice({ label: 'Photograph', options: photoNames, names: photoTitles, default: 'boats' }),
  image: image({
    label: 'Your own picture',
    help: 'Cut to its centre square and turned grey in your browser; it never leaves it.',
    side: SIDE,
  }),
  preset: choice({
    label: 'Gains',
    options: presetNames,
    names: {
      faders: 'The faders below',
      low: 'Low-pass',
      high: 'High-pass',
      notch: 'Notch',
      blur: '3-tap blur',
      shift: 'Nearest to a shift',
    },
    help: 'A fader that you move starts from the preset that is on.',
    default: 'low',
    live: true,
  }),
  faders: series({
    label: 'Faders',
    symbol: 'w',
    help: 'Gain of each band, from the slowest waves to the fastest; 1 leaves a band as it is.',
    min: 0,
    max: 2,
    length: [BANDS, BANDS],
    editor: 'bars',
    default: [1, 1, 1, 1, 1, 1, 1, 1],
    live: true,
  }),
  row: integer({ label: 'Pixel: row', help: 'Whose kernel is shown.', min: 0, max: SIDE - 1, default: 32, live: true }),
  column: integer({ label: 'Pixel: column', min: 0, max: SIDE - 1, default: 32, live: true }),
};
