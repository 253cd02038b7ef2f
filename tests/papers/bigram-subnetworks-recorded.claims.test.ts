import { comesOutAsRecorded } from './recorded';

await comesOutAsRecorded('bigram-subnetworks');
