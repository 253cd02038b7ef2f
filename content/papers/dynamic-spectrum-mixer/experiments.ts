/** Everything live on the page of the Dynamic Spectrum Mixer. */
export { equaliser } from './equaliser/experiment';
export { gate } from './gate/experiment';
export { wiener } from './wiener/experiment';
