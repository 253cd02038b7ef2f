/** Everything live on the page of ms-mlp. */

export { carry } from './carry/experiment';
export { order } from './order/experiment';
export { reach } from './reach/experiment';
