import type { JobKind } from '../../../../shared/model/job.ts';
import { undoBatch } from './batch-resume-undo.ts';
import { connectAgain, modeOf, readResumeUndoArgs, shownAs, type Prepare } from './resume-or-undo.ts';
import { UsageError, type OptionKinds } from '../../options/args.ts';
import { showAndRun } from '../../running/consent.ts';
import type { CliIo } from '../../io.ts';
import { SECRET_USAGE } from '../../options/login.ts';
import { NETWORK_USAGE } from '../../options/network.ts';
import { VARIABLE_USAGE } from '../../options/variables.ts';
import { withRuns } from '../../options/open-engine.ts';
import { rehearseAndShow } from '../../running/rehearse.ts';
import { JOB_USAGE } from '../../options/job-options.ts';

const COMMON = `[--dry-run] [--rehearse] ${JOB_USAGE}`;
export const UNDO_USAGE = `hushcal undo RUN ${SECRET_USAGE} ${NETWORK_USAGE} ${VARIABLE_USAGE} [--scheduling MODE] [--only RULE…] [--mailbox USER…] ${COMMON}`;
export const RETRY_USAGE = `hushcal retry RUN ${SECRET_USAGE} ${NETWORK_USAGE} ${VARIABLE_USAGE} [--scheduling MODE] ${COMMON}`;

/** Takes back what a run did, in the run's own mode unless another is named. */
export function undoCommand(argv: readonly string[], io: CliIo): Promise<number> {
  return planAgain(
    'undo',
    argv,
    { scheduling: 'text', only: 'list', mailbox: 'list', rehearse: 'flag' },
    io,
    (engine, args, connection) => {
      const only = args.list('only');
      engine.checkRules(only);
      return engine.prepareUndo(args.runId, connection, { mode: modeOf(args), only });
    },
  );
}

/** Tries again what failed in a run, in the run's own mode unless another is named. */
export function retryCommand(argv: readonly string[], io: CliIo): Promise<number> {
  return planAgain('retry', argv, { scheduling: 'text', rehearse: 'flag' }, io, (engine, args, connection) =>
    engine.prepareRetry(args.runId, connection, { mode: modeOf(args) }),
  );
}

const RETRY_OF_ONE =
  'A retry works on one calendar. Name the run of that calendar; "hushcal runs" lists them. Or run the command again: what exists already stays as it is.';

async function planAgain(
  kind: JobKind,
  argv: readonly string[],
  options: OptionKinds,
  io: CliIo,
  prepare: Prepare,
): Promise<number> {
  const args = readResumeUndoArgs(argv, options);
  return withRuns(args, io, async (engine) => {
    const isBatch = await engine.isBatch(args.runId);
    if (isBatch && kind === 'undo') return undoBatch(engine, args, io);
    if (isBatch) throw new UsageError(RETRY_OF_ONE);
    if (args.list('mailbox').length > 0) throw new UsageError('--mailbox goes with a run over several calendars.');
    const where = await engine.whereOf(args.runId);
    const connection = await connectAgain(engine, where, args, io);
    const job = await prepare(engine, args, connection);
    try {
      if (args.flag('rehearse')) return await rehearseAndShow(job, io, args.flag('json'));
      const request = {
        ...shownAs(kind, where),
        consent: args.consent,
        dryRun: args.flag('dry-run'),
        jobNote: args.jobNote,
      };
      return await showAndRun(job, { ...request, json: args.flag('json') }, io);
    } finally {
      await job.discard();
    }
  });
}
