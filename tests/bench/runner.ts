/** Whoever takes part in a round, wherever it runs. */
import { type ContenderName, contenders } from './contenders/contender';
import type { Measurement } from './measure';
import type { Workload } from './workloads';

export interface Runner {
  id: string;
  /** Heads its column. */
  title: string;
  takes(workload: Workload): boolean;
  /** One round in a process of its own. `check` also asks for the losses of the first steps; the first round does. */
  run(workload: Workload, check: boolean): Promise<Measurement>;
}

/** The contenders in JavaScript, run by `run`. */
export const scriptRunners = (
  run: (name: ContenderName, workload: Workload, check: boolean) => Promise<Measurement>,
): Runner[] =>
  (Object.keys(contenders) as ContenderName[]).map((id) => ({
    id,
    title: contenders[id].title,
    takes: ({ tiny }) => !contenders[id].tinyOnly || tiny === true,
    run: (workload, check) => run(id, workload, check),
  }));
