/** Everything live on the page of one-step-gd. */
export { covariance } from './covariance/experiment';
export { prompt } from './prompt/experiment';
export { train } from './train/experiment';
