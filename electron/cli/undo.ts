import type { JobKind } from '../../shared/model/job.ts';
import { connectAgain, readAgainArgs, shownAs, type Prepare } from './again.ts';
import { showAndRun } from './consent.ts';
import type { CliIo } from './io.ts';
import { withEngine } from './open-engine.ts';

export const UNDO_USAGE = 'hushcal undo RUN --password-env VAR [--dry-run] [--yes[=HASH]] [--runs DIR] [--json]';
export const RETRY_USAGE = 'hushcal retry RUN --password-env VAR [--dry-run] [--yes[=HASH]] [--runs DIR] [--json]';

/** Takes back what a run did. */
export function undoCommand(argv: readonly string[], io: CliIo): Promise<number> {
  return planAgain('undo', argv, io, (engine, runId, connection) => engine.prepareUndo(runId, connection));
}

/** Tries again what failed in a run. */
export function retryCommand(argv: readonly string[], io: CliIo): Promise<number> {
  return planAgain('retry', argv, io, (engine, runId, connection) => engine.prepareRetry(runId, connection));
}

async function planAgain(kind: JobKind, argv: readonly string[], io: CliIo, prepare: Prepare): Promise<number> {
  const args = readAgainArgs(argv);
  return withEngine(args, io, async (engine) => {
    const { entry, connection } = await connectAgain(engine, args, io);
    const job = await prepare(engine, args.runId, connection);
    try {
      const request = { ...shownAs(kind, entry), consent: args.consent, dryRun: args.flag('dry-run') };
      return await showAndRun(job, { ...request, json: args.flag('json') }, io);
    } finally {
      await job.discard();
    }
  });
}
