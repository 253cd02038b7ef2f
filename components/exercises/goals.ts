/** Sees whether a run in a widget reaches what an exercise asks for. Loaded with the first frame of one. */
import { type Goal, type Ran, reached } from '#lab/goal';
import { setSolved } from './check';

export function judge(sections: readonly HTMLElement[], ran: Ran): void {
  for (const section of sections) {
    const { goal } = JSON.parse(section.dataset.check ?? '{}') as { goal?: Goal };
    if (!goal || section.classList.contains('solved') || !reached(goal, ran)) continue;
    setSolved(section, true);
    const output = section.querySelector('output');
    const value = Number((ran.summary[goal.summary] ?? 0).toPrecision(4));
    if (output) output.textContent = `Reached: ${goal.what} ${value}${ran.end > 0 ? ` at step ${ran.step}` : ''}.`;
  }
}
