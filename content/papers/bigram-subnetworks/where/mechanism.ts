/** Where a subnetwork's weights are, and what it is without those of one component. */
import { type Context, defineMechanism } from '#lab/experiment';
import { bitsToHex } from '../bits';
import { type ComponentGates, componentGates } from '../component-gates';
import { open } from '../mask-baselines';
import { logPredictions } from '../predict';
import { cut, drawWindows, keptGates, loadSubject, type Subject } from '../subject';
import { bigramSurprisals, correlation, meanNats, surprisalsOf } from '../surprisal';
import type { params } from './params';

interface Bench {
  subject: Subject;
  parts: ComponentGates[];
  tokens: Uint16Array;
  /** Of the bigram model, in bits. */
  bigram: Float64Array;
}

function judge({ subject: { shape }, tokens, bigram }: Bench, flat: Float32Array) {
  const bits = surprisalsOf(shape, logPredictions(shape, flat, tokens), tokens);
  return { r: correlation(bits, bigram), nats: meanNats(bits) };
}

/** What the charts show of one subnetwork; `before` is that of the last parameters, to judge only what changed. */
async function look(
  bench: Bench,
  { params: p, load, random }: Context<typeof params>,
  before?: Looked,
): Promise<Looked> {
  const { subject, parts } = bench;
  const gates =
    before?.lambda === p.lambda ? before.gates : await keptGates(subject, load, p.lambda, 'subnetwork', random);
  const kept = before?.lambda === p.lambda ? before.kept : judge(bench, cut(subject, gates));
  const off = gates.slice();
  for (const { block, component, gates: places } of parts) {
    if (component !== p.off || (p.inBlock !== 'all' && Number(p.inBlock) !== block + 1)) continue;
    for (const place of places) off[place] = 0;
  }
  const same = off.every((gate, i) => gate === gates[i]);
  return {
    lambda: p.lambda,
    gates,
    kept,
    without: same ? kept : judge(bench, cut(subject, off)),
    removed: open(gates) - open(off),
  };
}

interface Looked {
  lambda: string;
  gates: Uint8Array;
  kept: ReturnType<typeof judge>;
  without: ReturnType<typeof judge>;
  removed: number;
}

export const mechanism = defineMechanism<typeof params>()({
  async setup(context) {
    const { load, params: p, random } = context;
    const subject = await loadSubject(load);
    const tokens = drawWindows(subject.evaluation, subject.shape.context, p.windows, random('windows'));
    const bench = {
      subject,
      parts: componentGates(subject.shape),
      tokens,
      bigram: bigramSurprisals(subject.shape, subject.table, tokens),
    };
    return { bench, full: judge(bench, subject.weights), looked: await look(bench, context) };
  },
  async update(state, context) {
    state.looked = await look(state.bench, context, state.looked);
  },
  frame({ bench, full, looked }, { params: p }) {
    const { gates, kept, without, removed } = looked;
    const bitsOf = ({ gates: places }: ComponentGates) => Uint8Array.from(places, (gate) => gates[gate] as number);
    const close = bench.parts.find((c) => c.block === p.block - 1 && c.component === p.matrix) as ComponentGates;
    return {
      /** Open gates and all gates of each component. */
      cells: bench.parts.map(({ block, component, gates: places }) => ({
        block: block + 1,
        component,
        kept: places.reduce((sum, gate) => sum + (gates[gate] as number), 0),
        size: places.length,
      })),
      close: {
        block: p.block,
        component: close.component,
        rows: close.rows,
        columns: close.columns,
        bits: bitsToHex(bitsOf(close)),
      },
      off: { component: p.off, block: p.inBlock, removed },
      full,
      kept,
      without,
      bigramNats: meanNats(bench.bigram),
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
