/** How a picture is spoilt: three degradations, each with a strength from 0 to 1. */
import type { Random, Stream } from '#lab/random';
import { gaussianFilter } from './filters';
import { clipped, type Grey } from './picture';

export const tasks = ['denoise', 'deblur', 'derain'] as const;
export type Task = (typeof tasks)[number];

/** Noise at strength 1, in grey values; blur at strength 1, in pixels. */
export const MOST_NOISE = 0.2;
export const MOST_BLUR = 2.4;
/** A camera has some noise even where only blur is asked for; without it blur could be undone exactly. */
const CAMERA_NOISE = 0.01;
/** Streaks per pixel at strength 1. */
const STREAKS = 0.02;

const noisy = (picture: Grey, stream: Stream, deviation: number): Grey => {
  const noise = stream.normal(picture.values.length, 0, deviation);
  return { ...picture, values: picture.values.map((v, i) => v + (noise[i] as number)) };
};

/** Bright slanted strokes of 6 to 14 pixels, all within 3 degrees of one slant of at most 20 degrees. */
function rainy({ height, width, values }: Grey, stream: Stream, strength: number): Grey {
  const rain = values.slice();
  const slant = (stream.next() - 0.5) * (40 / 180) * Math.PI;
  for (let n = Math.round(STREAKS * strength * height * width); n > 0; n--) {
    const angle = slant + (stream.next() - 0.5) * (6 / 180) * Math.PI;
    const [top, left] = [stream.next() * (height + 14) - 14, stream.next() * width];
    const [length, light] = [6 + 8 * stream.next(), 0.15 + 0.35 * stream.next()];
    for (let along = 0; along < length; along += 0.5) {
      const [y, x] = [top + along * Math.cos(angle), left + along * Math.sin(angle)];
      const [i, j] = [Math.floor(y), Math.floor(x)];
      // Each drop of light falls on the four pixels around it; half a pixel further the next one does.
      for (const [down, right] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ] as const) {
        const share = (down ? y - i : 1 - (y - i)) * (right ? x - j : 1 - (x - j));
        const [row, column] = [i + down, j + right];
        if (row < 0 || row >= height || column < 0 || column >= width) continue;
        rain[row * width + column] = (rain[row * width + column] as number) + 0.5 * light * share;
      }
    }
  }
  return { height, width, values: rain };
}

/** The spoilt picture, clipped to [0, 1] as a file would be. */
export function degraded(picture: Grey, task: Task, strength: number, random: Random): Grey {
  const stream = random(task);
  if (task === 'denoise') return clipped(noisy(picture, stream, MOST_NOISE * strength));
  if (task === 'derain') return clipped(rainy(picture, stream, strength));
  return clipped(noisy(gaussianFilter(picture, MOST_BLUR * strength), stream, CAMERA_NOISE));
}
