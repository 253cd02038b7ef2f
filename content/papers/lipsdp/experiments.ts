/** Everything live on the page of lipsdp. */
export { example } from './example/experiment';
