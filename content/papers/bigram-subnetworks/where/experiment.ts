/** "Where the kept weights are": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

type Cell = Frame['cells'][number];

const isMlp = ({ component }: Cell) => component === 'up' || component === 'down';

export function summary({ cells, full, kept, without, off }: Frame) {
  const count = (of: (cell: Cell) => boolean) => cells.filter(of).reduce((sum, cell) => sum + cell.kept, 0);
  const all = Math.max(
    1,
    count(() => true),
  );
  return {
    keptWeights: count(() => true),
    keptShare: count(() => true) / cells.reduce((sum, { size }) => sum + size, 0),
    firstMlpShare: count((cell) => isMlp(cell) && cell.block === 1) / all,
    secondMlpShare: count((cell) => isMlp(cell) && cell.block === 2) / all,
    attentionShare: count((cell) => !isMlp(cell)) / all,
    fullSurprisal: full.nats,
    subnetworkSurprisal: kept.nats,
    subnetworkCorrelation: kept.r,
    /** Kept weights that were switched off besides, and what is left then. */
    switchedOff: off.removed,
    surprisalWithout: without.nats,
    correlationWithout: without.r,
  };
}

export type Summary = ReturnType<typeof summary>;

export const where = defineExperiment({
  id: 'bigram-subnetworks/where',
  title: 'Where the kept weights are',
  params,
  steps: () => 0,
  hint: 'Take fewer windows.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { windows: 16 },
});
