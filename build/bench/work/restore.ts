import { input, report } from '../lib/child.ts';
import { restore, type RestoreJob } from '../lib/restore.ts';

await report(() => restore(input<RestoreJob>()));
