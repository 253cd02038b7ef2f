/** Everything live on the FreSh page. */
export { spectralBias } from './spectral-bias/experiment';
