import { comesOutAsRecorded } from './recorded';

await comesOutAsRecorded('raft-mlp');
