import { readArgs, UsageError } from '../options/args.ts';
import { showAndRunBatch } from './batch.ts';
import { readConnect, sayingWhere } from '../options/connect.ts';
import type { CliIo } from '../io.ts';
import { SECRET_OPTIONS, SECRET_USAGE } from '../options/login.ts';
import { NETWORK_OPTIONS, NETWORK_USAGE } from '../options/network.ts';
import { VARIABLE_OPTIONS, VARIABLE_USAGE } from '../options/variables.ts';
import { withEngine } from '../options/open-engine.ts';
import { progressTo } from '../output/progress.ts';
import { NOTE_OPTIONS, NOTE_USAGE, readNote } from '../options/job-note.ts';

export const ANNOUNCE_USAGE = `hushcal announce BATCH [${SECRET_USAGE}] ${NETWORK_USAGE} ${VARIABLE_USAGE} [--concurrency N] [--dry-run] [--yes[=HASH]] [--messages N] ${NOTE_USAGE} [--runs DIR] [--json]`;

/** Act two of a migration: the guests outside are told once. */
export async function announceCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, {
    ...SECRET_OPTIONS,
    ...NETWORK_OPTIONS,
    ...VARIABLE_OPTIONS,
    concurrency: 'text',
    'dry-run': 'flag',
    yes: 'flag',
    messages: 'text',
    ...NOTE_OPTIONS,
    runs: 'text',
    json: 'flag',
  });
  const [batchId, ...more] = args.positionals;
  if (batchId === undefined || more.length > 0) {
    throw new UsageError('Name one migration; "hushcal runs" lists them.');
  }
  const jobNote = readNote(args);
  return withEngine(args, io, async (engine) => {
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
