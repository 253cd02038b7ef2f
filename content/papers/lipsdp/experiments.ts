/** Everything live on the page of lipsdp. */

export { bound } from './bound/experiment';
export { circle } from './circle/experiment';
export { onePair } from './one-pair/experiment';
export { training } from './training/experiment';
