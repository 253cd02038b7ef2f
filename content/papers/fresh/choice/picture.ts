/** The target picture of the FreSh experiment: read, halved, blurred, made noisy. Grey values in [0, 1]. */
import { loadPhoto } from '#data/photos';
import type { Context } from '#lab/experiment';
import type { params } from './params';

/** Average of each 2 x 2 block: half the side. */
function halved(grey: readonly number[], side: number): number[] {
  const half = side / 2;
  return Array.from({ length: half * half }, (_, i) => {
    const at = 2 * Math.floor(i / half) * side + 2 * (i % half);
    return [0, 1, side, side + 1].reduce((sum, offset) => sum + (grey[at + offset] as number), 0) / 4;
  });
}

/** One pass of a 3 x 3 average; at the border the average is over what is there. */
export function boxBlur(grey: readonly number[], side: number): number[] {
  return grey.map((_, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    let [sum, count] = [0, 0];
    for (let r = Math.max(0, row - 1); r <= Math.min(side - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(side - 1, column + 1); c++) {
        sum += grey[r * side + c] as number;
        count++;
      }
    }
    return sum / count;
  });
}

export async function targetPicture({ params: p, load, random }: Context<typeof params>): Promise<number[]> {
  const side = Number(p.side);
  let grey: number[];
  if (p.image) grey = side === p.image.side ? [...p.image.grey] : halved(p.image.grey, p.image.side);
  else grey = await loadPhoto(load, p.photo, side);
  for (let pass = 0; pass < p.blur; pass++) grey = boxBlur(grey, side);
  const noise = random('noise').normal(grey.length, 0, p.noise);
  return grey.map((v, i) => v + (noise[i] as number));
}
