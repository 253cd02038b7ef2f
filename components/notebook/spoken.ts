/** What a widget says aloud of its runs: one message when something happened, none of the steps in between. */
import type { Agreement } from '#lab/record';

export const agreementText: Record<Agreement, string> = {
  exact: '✓ Reproduces the recorded run exactly, to the last bit.',
  close: '✓ Reproduces the recorded run to within 2 %.',
  different: 'Differs from the recorded run by more than 2 %.',
};

interface Standing {
  status: string;
  step: number;
  end: number;
  agreement: Agreement | null;
}

/** Said when a run comes to rest, with what its first chart shows; a run that failed has its notice, one at 0 was reset. */
export function restText({ status, step, end, agreement }: Standing, shown: string): string {
  if (status === 'stopped' || step === 0) return '';
  const where = status === 'done' ? `The run ended at step ${step}.` : `Paused at step ${step} of ${end}.`;
  return [where, ...(agreement ? [agreementText[agreement]] : []), shown].join(' ');
}
