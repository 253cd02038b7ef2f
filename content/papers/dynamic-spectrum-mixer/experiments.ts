/** Everything live on the page of the Dynamic Spectrum Mixer. */
export { equaliser } from './equaliser/experiment';
export { gate } from './gate/experiment';
export { passes } from './passes/experiment';
export { wiener } from './wiener/experiment';
