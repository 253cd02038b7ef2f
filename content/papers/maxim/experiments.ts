/** Everything live on the page of maxim. */
export { axes } from './axes/experiment';
export { restore } from './restore/experiment';
