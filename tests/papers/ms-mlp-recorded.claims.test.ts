import { comesOutAsRecorded } from './recorded';

await comesOutAsRecorded('ms-mlp');
