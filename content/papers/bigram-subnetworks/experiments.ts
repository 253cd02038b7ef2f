/** Everything live on the page of the bigram subnetworks. */

export { ablation } from './ablation/experiment';
export { probe } from './probe/experiment';
export { residual } from './residual/experiment';
export { trainMask } from './train-mask/experiment';
export { where } from './where/experiment';
