import { comesOutAsRecorded } from './recorded';

await comesOutAsRecorded('lipsdp');
