/** Everything live on the page of strip-mlp. */
export { diagonals } from './diagonals/experiment';
export { sharing } from './sharing/experiment';
export { strip } from './strip/experiment';
