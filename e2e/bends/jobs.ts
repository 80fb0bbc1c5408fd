import type { Job } from './job.ts';
import { announceJobs } from './jobs-that-announce.ts';
import { backupJobs } from './jobs-that-read.ts';
import { restoreJobs } from './jobs-that-restore.ts';
import { migrateJobs } from './jobs-that-migrate.ts';
import { removeJobs } from './jobs-that-remove.ts';

/** Every job of the matrix. */
export const JOBS: readonly Job[] = [...restoreJobs, ...backupJobs, ...migrateJobs, ...removeJobs, ...announceJobs];
