/** Made-up pictures: flat rectangles. They are spoilt by a random tile that repeats all over, and by white noise. */
import type { Stream } from '#lab/random';

export const SIDE = 16;
const RECTANGLES = 6;
/** Standard deviation of what a rectangle adds, and of the pixels of a tile. */
const AMPLITUDE = 0.5;

/** `count` pictures [count * SIDE²]: the rectangles alone, and with a tile of their own and noise of this deviation. */
export function drawTiles(stream: Stream, count: number, period: number, noise: number) {
  const pixels = SIDE ** 2;
  const clean = new Float32Array(count * pixels);
  const noisy = stream.normal(clean.length, 0, noise);
  for (let n = 0; n < count; n++) {
    const picture = clean.subarray(n * pixels, (n + 1) * pixels);
    for (let r = 0; r < RECTANGLES; r++) {
      const [light = 0] = stream.normal(1, 0, AMPLITUDE);
      const [top, left] = [stream.index(SIDE), stream.index(SIDE)];
      const [bottom, right] = [top + 1 + stream.index(SIDE - top), left + 1 + stream.index(SIDE - left)];
      for (let i = top; i < bottom; i++)
        for (let j = left; j < right; j++) picture[i * SIDE + j] = (picture[i * SIDE + j] as number) + light;
    }
    const tile = stream.normal(period ** 2, 0, AMPLITUDE);
    picture.forEach((light, at) => {
      const [i, j] = [Math.floor(at / SIDE), at % SIDE];
      const seen = n * pixels + at;
      noisy[seen] = (noisy[seen] as number) + light + (tile[(i % period) * period + (j % period)] as number);
    });
  }
  return { clean, noisy };
}
