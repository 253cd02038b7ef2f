/** Which key moves to which slide. */

/** To the neighbour, an end, or out of the lecture. */
export type Move = -1 | 1 | 'first' | 'last' | 'leave';

const MOVES: Record<string, Move> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  PageUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  PageDown: 1,
  ' ': 1,
  Home: 'first',
  End: 'last',
  Escape: 'leave',
};

/** What uses these keys itself while it has the focus. */
const CONTROLS = 'input, select, textarea, [contenteditable], [role=slider], [role=application], .plot [tabindex]';
const PRESSED_BY_SPACE = 'button, summary, a, [role=button]';

/** The move that a key asks for; null if it belongs to the control that has the focus, or to nobody. */
export function keyMove({
  key,
  target,
  altKey,
  ctrlKey,
  metaKey,
  shiftKey,
  defaultPrevented,
}: KeyboardEvent): Move | null {
  if (altKey || ctrlKey || metaKey || defaultPrevented || !(target instanceof Element)) return null;
  if (target.closest('dialog')) return null;
  const move = MOVES[key] ?? null;
  if (move === 'leave') return move;
  if (target.closest(CONTROLS)) return null;
  if (key !== ' ') return move;
  if (target.closest(PRESSED_BY_SPACE)) return null;
  return shiftKey ? -1 : 1;
}
