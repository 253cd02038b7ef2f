/** What a widget says aloud of its runs: one message when something happened, none of the steps in between. */
import type { Agreement } from '#lab/record';

export const agreementText: Record<Agreement, string> = {
  exact: '✓ Reproduces the recorded run exactly, to the last bit.',
  close: '✓ Reproduces the recorded run to within 2 %.',
  different: 'Differs from the recorded run by more than 2 %.',
};

interface Standing {
  step: number;
  end: number;
  agreement: Agreement | null;
  /** What the first chart shows now. */
  shown: string;
}

/** Said when a run comes to rest; `ended` tells an end from a pause. */
export const restText = (ended: boolean, { step, end, agreement, shown }: Standing): string =>
  [
    ended ? `The run ended at step ${step}.` : `Paused at step ${step} of ${end}.`,
    ...(agreement ? [agreementText[agreement]] : []),
    shown,
  ].join(' ');
