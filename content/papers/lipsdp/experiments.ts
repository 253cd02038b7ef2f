/** Everything live on the page of lipsdp. */
export { bound } from './bound/experiment';
