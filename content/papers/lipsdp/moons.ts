/** Two interleaved half circles with noise, a made-up task in the plane. */
import type { Samples } from '#data/digits';
import type { Stream } from '#lab/random';

/** What the widgets of the page draw. */
export const MOONS = { count: 400, noise: 0.12 };

/** `count` points [count, 2], every other one from the lower moon (label 0), moved so that the middle lies at 0. */
export function moons(stream: Stream, { count, noise } = MOONS): Samples {
  const jitter = stream.normal(2 * count, 0, noise);
  const angles = stream.uniform(count, 0, Math.PI);
  const labels = Array.from({ length: count }, (_, i) => (i + 1) % 2);
  const inputs = labels.map((label, i) => {
    const angle = angles[i] as number;
    const [x, y] = label ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return [x - 0.5 + (jitter[2 * i] as number), y - 0.25 + (jitter[2 * i + 1] as number)];
  });
  return { inputs, labels };
}
