import { toFailure } from '../../../../shared/model/failure.ts';
import { canResume } from '../../../../shared/model/kept/resumable.ts';
import type { Engine, History } from '../../../engine/engine.ts';
import { EXIT, tell, type CliIo } from '../../io.ts';
import { UsageError, type ParsedArgs } from '../../options/args.ts';
import { showFailure } from '../../running/consent.ts';
import { damageText } from '../runs.ts';

/**
 * Resumes all of a folder that did not come to its end, oldest first, so that a script that is started anew need not know
 * what it was at. One that fails keeps no other back. The exit code is the worst of them; where nothing is unfinished,
 * that of a command that wrote nothing.
 *
 * @throws UsageError for a consent that names one plan where several are unfinished
 */
export async function resumeUnfinished(
  engine: Engine,
  { consent, flag }: Pick<ParsedArgs, 'consent' | 'flag'>,
  resume: (runId: string) => Promise<number>,
  io: CliIo,
): Promise<number> {
  const history = await engine.history();
  const { damaged } = history;
  for (const run of damaged) tell(io, `${run.runId}: ${damageText(run)}`);
  const ids = unfinishedIn(history);
  if (ids.length === 0) tell(io, 'Nothing here is unfinished.');
  if (ids.length > 1 && consent.kind === 'yes' && (consent.hash !== null || consent.messages !== null)) {
    throw new UsageError(`Unfinished are ${ids.join(', ')}: a plan or a number agrees to one of them. Name the run.`);
  }
  const codes: number[] = [];
  for (const id of ids) {
    tell(io, `Resuming ${id}.`);
    codes.push(await resume(id).catch((error: unknown) => refused(error, flag('json'), io)));
  }
  return worst(damaged.length === 0 ? codes : [...codes, EXIT.trouble]);
}

/** Batches, and runs that belong to none. One that goes on elsewhere is among them: its resume says so. */
function unfinishedIn({ batches, runs }: History): readonly string[] {
  const open = batches.filter((batch) => batch.canResume || batch.running);
  const alone = runs.filter((run) => run.batch === undefined && (canResume(run) || run.running));
  // Both begin with the time at which they were begun.
  return [...open.map(({ batchId }) => batchId), ...alone.map(({ runId }) => runId)].sort();
}

async function refused(error: unknown, json: boolean, io: CliIo): Promise<number> {
  const failure = toFailure(error);
  tell(io, failure.message);
  if (json) await showFailure(failure, 'none', io);
  return EXIT.trouble;
}

/** What can be resumed again asks for more than what cannot; 2 is left for a folder in which nothing was to do. */
function worst(codes: readonly number[]): number {
  if (codes.length === 0) return EXIT.nothingWritten;
  for (const code of [EXIT.interrupted, EXIT.trouble, EXIT.nothingWritten]) if (codes.includes(code)) return code;
  return EXIT.done;
}
