/** Everything live on the page of raft-mlp. */

export { kronecker } from './kronecker/experiment';
export { raft } from './raft/experiment';
