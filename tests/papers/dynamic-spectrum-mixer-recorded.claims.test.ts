import { comesOutAsRecorded } from './recorded';

await comesOutAsRecorded('dynamic-spectrum-mixer');
