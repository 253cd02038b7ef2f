/** Every subnetwork and what it is compared with, judged on the same text; a step is a part of the text in one network. */
import { defineMechanism } from '#lab/experiment';
import { dependence } from '../dependence';
import { keeps, lambdas } from '../kinds';
import { open } from '../mask-baselines';
import { logPredictions } from '../predict';
import { cut, drawWindows, keptGates, loadSubject } from '../subject';
import { bigramSurprisals, correlation, meanNats, surprisalsOf } from '../surprisal';
import { NETWORKS, PARTS, type params } from './params';

/** What is kept: a mask's λ (0 for the full and the empty model) and which gates of it. */
const plan = [
  { lambda: 'full', keep: 'subnetwork' } as const,
  { lambda: 'empty', keep: 'subnetwork' } as const,
  ...lambdas.flatMap((lambda) => keeps.map((keep) => ({ lambda, keep }))),
];

export interface Judged {
  lambda: (typeof plan)[number]['lambda'];
  keep: (typeof plan)[number]['keep'];
  keptShare: number;
  /** Correlation of its surprisals with the bigram's; null where it is not defined. */
  r: number | null;
  /** Mean surprisal, in nats per token. */
  nats: number;
  /** Mean KL divergence, in nats, of its predictions from the mean behind the same token; of full model and subnetworks. */
  onContext: number | null;
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ load, params: p, random }) {
    const subject = await loadSubject(load);
    const { shape, table, evaluation } = subject;
    const tokens = drawWindows(evaluation, shape.context, p.windows, random('windows'));
    return {
      subject,
      tokens,
      gates: await Promise.all(plan.map(({ lambda, keep }) => keptGates(subject, load, lambda, keep, random))),
      bigram: bigramSurprisals(shape, table, tokens),
      /** log q [tokens, V] of the network that is being judged. */
      logq: new Float32Array(tokens.length * shape.vocabulary),
      judged: [] as Judged[],
    };
  },
  step({ subject, tokens, gates, bigram, logq, judged }, { step }) {
    const network = Math.floor(step / PARTS);
    // Once all are judged, further steps do nothing.
    if (network >= NETWORKS) return;
    const { shape, table } = subject;
    const kept = gates[network] as Uint8Array;
    const [from, to] = [step % PARTS, (step % PARTS) + 1].map((part) => (part * tokens.length) / PARTS) as [
      number,
      number,
    ];
    logq.set(logPredictions(shape, cut(subject, kept), tokens.subarray(from, to)), from * shape.vocabulary);
    if (to < tokens.length) return;
    const bits = surprisalsOf(shape, logq, tokens);
    const { lambda, keep } = plan[network] as (typeof plan)[number];
    judged.push({
      lambda,
      keep,
      keptShare: open(kept) / kept.length,
      r: correlation(bits, bigram),
      nats: meanNats(bits),
      onContext: keep === 'subnetwork' ? dependence(shape, logq, tokens, table).onContext : null,
    });
  },
  frame: ({ judged, bigram }) => ({ judged: judged.map((entry) => ({ ...entry })), bigramNats: meanNats(bigram) }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
