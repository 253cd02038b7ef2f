import { comesOutAsRecorded } from './recorded';

await comesOutAsRecorded('fresh');
