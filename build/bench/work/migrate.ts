import { input, report } from '../lib/child.ts';
import { migrate, type MigrateJob } from '../lib/migrate.ts';

await report(() => migrate(input<MigrateJob>()));
