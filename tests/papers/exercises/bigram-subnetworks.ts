import { readFileSync } from 'node:fs';
import type { Oracles } from '../../site/oracles';

const gate = (s: number) => 1 / (1 + Math.exp(-100 * s));
const slope = (s: number) => gate(s) * (1 - gate(s));

export const oracles: Oracles = {
  numbers: {
    'gates-stop': () => slope(0) / slope(0.05),
    // One bit per gate, packed into bytes.
    count: () => 8 * readFileSync('public/data/bigram-subnetworks/mask-1.bits').length,
    perplexity: () => Math.exp(4.2),
  },
  goals: { 'one-matrix': { params: { off: 'up', inBlock: '1' }, steps: 0 } },
};
