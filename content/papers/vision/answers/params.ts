/** What can be set in "Ask the trained models". */
import { setNames, setTitles } from '#data/classes';
import { choice, image, integer, toggle } from '#lab/params';

/** Pixels per side that the models are asked at; they were trained at 32. */
export const sizes = ['16', '24', '32', '40', '48', '64'] as const;

export const params = {
  pictures: choice({
    label: 'Models trained on',
    options: setNames,
    names: setTitles,
    default: 'fashion',
  }),
  picture: integer({
    label: 'Held-out picture',
    help: 'None of the models was trained on it. Set aside while there is a picture of your own.',
    min: 1,
    max: 600,
    default: 1,
    live: true,
  }),
  own: image({
    label: 'Your own picture',
    help: 'Draw it light on dark, as the models know them, or take a file; it is cut to its centre square of 28 pixels and never leaves your browser.',
    side: 28,
    draw: true,
    live: true,
  }),
  invert: toggle({ label: 'My picture is dark on light', default: false, live: true }),
  size: choice({
    label: 'Shown to the models at',
    help: 'The picture with its border, resized bicubically. They were trained at 32.',
    options: sizes,
    names: Object.fromEntries(sizes.map((size) => [size, `${size} × ${size} pixels`])),
    default: '32',
    live: true,
  }),
};
