/** Tokens as chips in rows, one of them filled, with notes under them. */
import * as Plot from '@observablehq/plot';
import { chartOptions, GIVEN } from '#charts/theme';

/** Of the code font at 12 px; chips are laid out without measuring, so that Node and browser draw the same. */
const CHARACTER = 7.4;
const ROW = 28;
const GAP = 4;
/** A single row of chips still gets this height. */
const LEAST = 64;

/** Breaks `text` into lines of at most `most` characters, between words. */
function lines(text: string, most: number): string[] {
  const done: string[] = [];
  for (const word of text.split(' ')) {
    const line = done.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= most) done[done.length - 1] = `${line} ${word}`;
    else done.push(word);
  }
  return done;
}

/** A token with its space shown, so that ' the' and 'the' can be told apart. */
export const shown = (token: string): string => token.replaceAll(' ', '␣');

export function chips(tokens: readonly string[], chosen: number, notes: readonly string[], width: number) {
  let [x, y] = [0, 0];
  const placed = tokens.map((token, t) => {
    const span = Math.min(width, [...token].length * CHARACTER + 10);
    if (x + span > width) [x, y] = [0, y + ROW];
    const chip = { token, chosen: t === chosen, x1: x, x2: x + span, y1: y, y2: y + ROW - GAP };
    x += span + GAP;
    return chip;
  });
  const below = y + ROW + 12;
  const said = notes.flatMap((note) => lines(note, Math.max(20, Math.floor(width / 6.6))));
  const height = Math.max(LEAST, below + 16 * said.length);
  const text = {
    x: (c: (typeof placed)[number]) => (c.x1 + c.x2) / 2,
    y: (c: (typeof placed)[number]) => (c.y1 + c.y2) / 2,
  };
  return chartOptions(
    width,
    height,
    [
      Plot.rect(placed, {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        rx: 4,
        stroke: 'var(--series-1)',
        fill: (c) => (c.chosen ? 'var(--series-1)' : 'none'),
        className: 'mark-token',
      }),
      Plot.text(placed, {
        ...text,
        text: 'token',
        fontFamily: 'var(--font-code)',
        fontSize: 12,
        fill: (c) => (c.chosen ? 'var(--paper)' : GIVEN),
      }),
      Plot.text(said, { x: 0, y: (_, i) => below + 16 * i, text: (line) => line, textAnchor: 'start', fontSize: 12 }),
    ],
    {
      x: { axis: null, domain: [0, width] },
      y: { axis: null, domain: [0, height], reverse: true },
      marginLeft: 1,
      marginRight: 1,
      marginTop: 1,
      marginBottom: 1,
    },
  );
}
