import { comesOutAsRecorded } from './recorded';

await comesOutAsRecorded('maxim');
