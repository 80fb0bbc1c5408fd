import { readArgs, UsageError } from '../options/args.ts';
import { RESUME_UNDO_OPTIONS } from './resume-undo/resume-or-undo.ts';
import { showAndRunBatch } from './batch.ts';
import { readConnect, sayingWhere } from '../options/connect.ts';
import type { CliIo } from '../io.ts';
import { SECRET_USAGE } from '../options/login.ts';
import { NETWORK_USAGE } from '../options/network.ts';
import { VARIABLE_USAGE } from '../options/variables.ts';
import { withRuns } from '../options/open-engine.ts';
import { progressTo } from '../output/progress.ts';
import { JOB_USAGE, readNote } from '../options/job-options.ts';

export const ANNOUNCE_USAGE = `hushcal announce BATCH [${SECRET_USAGE}] ${NETWORK_USAGE} ${VARIABLE_USAGE} [--concurrency N] [--dry-run] ${JOB_USAGE}`;

/** Step 2 of a migration: the guests outside are notified once. */
export async function announceCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, RESUME_UNDO_OPTIONS);
  const [batchId, ...more] = args.positionals;
  if (batchId === undefined || more.length > 0) {
    throw new UsageError('Name one migration; "hushcal runs" lists them.');
  }
  const jobNote = readNote(args);
  return withRuns(args, io, async (engine) => {
    const connect = sayingWhere(await readConnect(engine, args, io), io);
    const batch = await engine.prepareBatch({ kind: 'announce', spec: { batch: batchId } }, connect, progressTo(io));
    try {
      const request = { consent: args.consent, dryRun: args.flag('dry-run'), json: args.flag('json'), jobNote };
      return await showAndRunBatch(batch, request, io);
    } finally {
      await batch.discard();
    }
  });
}
