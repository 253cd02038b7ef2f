/** What "Down to the bigram circuit" claims, and how each claim is measured. */
import type { Bench, Claim } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import type { params } from './params';

type ProbeClaim = Claim<typeof params, Frame, Summary>;
type Run = Bench<typeof params, Frame, Summary>;

type Kind = Values<typeof params>['kind'];

const LAMBDAS = ['1', '3', '10', '30'] as const;

/** `figure` of the subnetworks of every lambda. */
const ofAll = (run: Run, kind: Kind, figure: keyof Summary) =>
  Promise.all(LAMBDAS.map(async (lambda) => (await run({ lambda, kind }, 0)).summary[figure]));

const SMALL = 'Whether the figures of this model of 235 thousand weights hold for models of a billion.';

export const claims: ProbeClaim[] = [
  {
    id: 'subnetwork-is-bigram',
    statement: 'The subnetwork found with λ = 1 has surprisals that go with those of the bigram model.',
    source: 'The paper’s finding, at the size of this page',
    quantity: 'Correlation r with bigram surprisals on the evaluation text',
    criterion: { relation: '>=', threshold: 0.9, over: 'each seed' },
    seeds: [1],
    untested: `${SMALL} One training of the mask.`,
    measure: async (run) => (await run({ lambda: '1', kind: 'subnetwork' }, 0)).summary.bigramCorrelation,
  },
  {
    id: 'first-mlp',
    statement: 'The first MLP holds at least 40 % of the kept weights, for every λ.',
    source: 'Abstract: the subnetworks are concentrated in the first MLP layer; the figure is ours',
    quantity: 'Smallest share of the kept weights in the first MLP over λ = 1, 3, 10, 30',
    criterion: { relation: '>=', threshold: 0.4, over: 'each seed' },
    seeds: [1],
    untested: SMALL,
    measure: async (run) => Math.min(...(await ofAll(run, 'subnetwork', 'firstMlpShare'))),
  },
  {
    id: 'necessary',
    statement: 'Taking the subnetwork out hurts far more than taking out as many weights at random.',
    source: 'The paper’s ablation; the figure is ours',
    quantity: 'Smallest gap of mean surprisal over λ = 1, 3, 10, 30, in nats',
    criterion: { relation: '>=', threshold: 0.7, over: 'each seed' },
    seeds: [1],
    untested: SMALL,
    measure: async (run) => {
      const without = await ofAll(run, 'complement', 'evaluationSurprisal');
      const control = await ofAll(run, 'random-complement', 'evaluationSurprisal');
      return Math.min(...without.map((nats, i) => nats - (control[i] as number)));
    },
  },
  {
    id: 'not-sparsity-alone',
    statement: 'As many weights at random do not make a bigram model.',
    source: 'The control of the paper’s ablation; the figure is ours',
    quantity: 'Largest correlation r over λ = 1, 3, 10, 30',
    criterion: { relation: '<=', threshold: 0.35, over: 'each seed' },
    seeds: [1],
    untested: 'Random choices that keep more than a matrix’s count.',
    measure: async (run) => Math.max(...(await ofAll(run, 'random', 'bigramCorrelation'))),
  },
  {
    id: 'context-free',
    statement: 'The subnetworks hardly look at anything but the current token.',
    source: 'What a bigram model is; the figure is ours',
    quantity:
      'Largest mean KL divergence of predictions from the mean behind their token, in nats, over λ = 1, 3, 10, 30',
    criterion: { relation: '<=', threshold: 0.02, over: 'each seed' },
    seeds: [1],
    untested: SMALL,
    measure: async (run) => Math.max(...(await ofAll(run, 'subnetwork', 'contextDependence'))),
  },
];
