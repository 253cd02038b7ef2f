/** Everything live on the page of the bigram subnetworks. */

export { probe } from './probe/experiment';
export { trainMask } from './train-mask/experiment';
