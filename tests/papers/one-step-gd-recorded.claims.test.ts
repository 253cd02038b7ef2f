import { comesOutAsRecorded } from './recorded';

await comesOutAsRecorded('one-step-gd');
