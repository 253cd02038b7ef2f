import { comesOutAsRecorded } from './recorded';

await comesOutAsRecorded('strip-mlp');
