import type { Connection, Engine } from '../../../engine/engine.ts';
import type { JobKind } from '../../../../shared/model/job.ts';
import type { JobNote } from '../../../../shared/model/kept/job-note.ts';
import type { SchedulingMode } from '../../../../shared/model/scheduling.ts';
import type { PreparedJob, RunWhere } from '../../../engine/types.ts';
import { checkMode } from '../../../../shared/model/scheduling-checks.ts';
import { readArgs, UsageError, type OptionKinds, type ParsedArgs } from '../../options/args.ts';
import type { ConsentRequest } from '../../running/consent.ts';
import { tell, type CliIo } from '../../io.ts';
import { readLoginAgain, SECRET_OPTIONS } from '../../options/login.ts';
import { NETWORK_OPTIONS } from '../../options/network.ts';
import { VARIABLE_OPTIONS } from '../../options/variables.ts';
import { JOB_OPTIONS, readNote } from '../../options/job-options.ts';

/** The options of the commands that take up an earlier run; server, user and mode come from it. */
export const RESUME_UNDO_OPTIONS = {
  ...SECRET_OPTIONS,
  ...NETWORK_OPTIONS,
  ...VARIABLE_OPTIONS,
  ...JOB_OPTIONS,
} as const satisfies OptionKinds;

/** Those of a command that takes up the one run that it names. */
export function readResumeUndoArgs(argv: readonly string[], more: OptionKinds = {}): ResumeUndoArgs {
  return forOneRun(readArgs(argv, { ...more, ...RESUME_UNDO_OPTIONS }));
}

/** Throws UsageError where not exactly one run is named. */
export function forOneRun(args: ParsedArgs): ResumeUndoArgs {
  const [runId, ...others] = args.positionals;
  if (runId === undefined || others.length > 0) throw new UsageError('Name one run; "hushcal runs" lists them.');
  return { ...args, runId, jobNote: readNote(args) };
}

/** The way to the server of a run. */
export async function connectAgain(engine: Engine, where: RunWhere, args: ParsedArgs, io: CliIo): Promise<Connection> {
  tellLogin(where, io);
  return (await readLoginAgain(engine, args, io, where)).connection;
}

/** Where a password is about to go, said before it goes: it comes from what a folder says. */
function tellLogin({ calendarUrl, user, behalf }: RunWhere, io: CliIo): void {
  tell(
    io,
    `Logging in to ${new URL(calendarUrl).origin} as ${user}${behalf === undefined ? '' : ` for ${behalf.user}`}.`,
  );
}

/** What a prepared undo or retry is shown as. */
export function shownAs(
  job: JobKind,
  where: RunWhere,
): Omit<ConsentRequest, 'consent' | 'dryRun' | 'json' | 'jobNote'> {
  const { server, calendar, user, behalf, sources } = where;
  return { job, server, calendar, user, behalf, sources };
}

/** Makes the plan of an undo or a retry. */
export type Prepare = (engine: Engine, args: ResumeUndoArgs, connection: Connection) => Promise<PreparedJob>;

export type ResumeUndoArgs = ParsedArgs & { readonly runId: string; readonly jobNote: JobNote };

/** `--scheduling` of an undo or a retry; undefined: as the run. Throws HushError for a mode that is none. */
export function modeOf(args: ParsedArgs): SchedulingMode | undefined {
  const text = args.text('scheduling');
  return text === undefined ? undefined : checkMode(text);
}
