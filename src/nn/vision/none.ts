/** No token mixing at all: the baseline that sees every patch by itself and averages what it thinks of them. */
import { type Operator, tokensOf } from './operator';

export const none: Operator<object> = {
  refuses: () => null,
  weights: () => 0,
  macs: () => 0,
  reach(map) {
    const tokens = tokensOf(map);
    const itself = new Uint8Array(tokens ** 2);
    for (let i = 0; i < tokens; i++) itself[i * tokens + i] = 1;
    return itself;
  },
};
