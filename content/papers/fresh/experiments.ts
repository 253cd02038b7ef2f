/** Everything live on the FreSh page. */

export { byHand } from './by-hand/experiment';
export { choice } from './choice/experiment';
export { encodings } from './encodings/experiment';
export { orientation } from './orientation/experiment';
export { spectralBias } from './spectral-bias/experiment';
