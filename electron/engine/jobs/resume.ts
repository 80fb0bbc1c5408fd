import { checkNumber } from '../../../shared/model/consent.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { Pacer } from '../caldav/transport/pace.ts';
import type { Connection } from '../caldav/types.ts';
import { auditOfRun } from '../audit/of-job.ts';
import type { EnginePorts, RunHandle } from '../types.ts';
import { sends } from '../run/log.ts';
import { messagesLeft } from '../run/messages-left.ts';
import type { RunLock } from '../run/kept/lock.ts';
import { readNote } from '../run/kept/job-note.ts';
import { runLocked } from '../run/kept/run-locked.ts';
import { startRun } from '../run/run.ts';
import { isUnreadRow } from '../run/tally.ts';
import { switchesLeftOff } from '../run/writing/switching.ts';
import type { Verdict, WriteMethod } from '../../../shared/model/scheduling.ts';
import { writerAgain } from './start/announce-headers.ts';
import { lockAnnouncing } from './start/announce-lock.ts';
import { collaboratorsOf } from './start/collaborators.ts';
import { headersOf, leaksIn } from './start/headers.ts';
import { restoreSwitches } from './start/restore-switches.ts';
import { lockSwitch } from './start/switch-lock.ts';
import type { StoredRun } from '../run/kept/read-run.ts';
import { openIdleRun } from './stored/stored-run.ts';
import { openTarget, type OpenTarget } from './target/target.ts';

/**
 * Goes on with a run that was stopped, or whose process ended. It needs neither the sources nor the memory of the first
 * process: the texts are in the run's folder, and the journal says what is done, what is open and what is unknown. What was
 * written and could not be read back is read again, also in a run that has ended.
 *
 * @param named the number of messages that are left to be sent, as the person named it
 * @throws HushError when there is nothing left to do, the number is another one, or the server no longer keeps the
 *   run's mode
 */
export async function resume(
  ports: EnginePorts,
  runId: string,
  connection: Connection,
  named: number | null,
): Promise<RunHandle> {
  const run = await openIdleRun(ports.runsDir, runId);
  return resumeRun(ports, run, connection, () => checkNumber(messagesLeft(run), named));
}

/** The same for a run of a batch, which was consented to with the batch. */
export async function resumeMember(
  ports: EnginePorts,
  runId: string,
  connection: Connection,
  pacer: Pacer,
): Promise<RunHandle> {
  return resumeRun(ports, await openIdleRun(ports.runsDir, runId), connection, () => undefined, pacer);
}

async function resumeRun(
  ports: EnginePorts,
  run: StoredRun,
  connection: Connection,
  checkConsent: () => void,
  pacer?: Pacer,
): Promise<RunHandle> {
  const { runId } = run.head;
  const methods = remainingMethods(run);
  const { settled, problems } = run.journal;
  const notified = [...problems, ...(settled?.problems ?? [])].find(({ code }) => code === 'NOTIFIED_ANYWAY');
  if (notified !== undefined && methods.length > 0) {
    await restoreSwitches(ports.runsDir, runId, connection);
    throw notifiedAnyway(notified.message);
  }
  if (
    run.journal.settled !== null &&
    methods.length === 0 &&
    !hasUnread(run) &&
    switchesLeftOff(run.journal).length === 0
  ) {
    throw new HushError({
      code: 'RUN_FINISHED',
      message: 'This run has ended; nothing of it is left to do. What failed can be tried again with a retry.',
      reaction: 'fix-input',
    });
  }
  checkConsent();
  const { spec } = run.head;
  const target = await openTarget(spec, connection, ports);
  try {
    const lock = await lockAgain(ports.runsDir, run, runId);
    return await runLocked(lock, async () => {
      const audit = auditOfRun(ports, run.head, true);
      // A calendar of a batch was consented to with the batch.
      if (pacer === undefined) await audit.consented((await readNote(run.folder)).ticket);
      const collaborators = collaboratorsOf(target, run.head, connection, methods.length > 0);
      return startRun({
        folder: run.folder,
        head: run.head,
        steps: run.steps,
        store: target.store,
        headers: headersOf(target.capability, stillKept(target, run, methods)),
        leaks: leaksIn(run.head.summary.verdict, target.context),
        ...collaborators,
        write: await writerAgain(ports.runsDir, run.head, collaborators.write),
        concurrency: Math.min(connection.concurrency, spec.concurrency),
        pacer,
        now: ports.now,
        audit,
      });
    });
  } catch (error) {
    await target.close();
    // It does not go on, so what it left changed goes back now; where that fails, the run goes on saying so.
    await restoreSwitches(ports.runsDir, runId, connection).catch(() => undefined);
    throw error;
  }
}

/** What no other run may do meanwhile in this calendar; null where it does nothing of the kind. */
async function lockAgain(runsDir: string, { head }: StoredRun, runId: string): Promise<RunLock | null> {
  if (head.job === 'announce') return lockAnnouncing(runsDir, head.spec.calendarUrl);
  return lockSwitch(runsDir, head.spec, runId);
}

/** The mode proved to be a promise that the server does not keep: going on would tell more people. */
function notifiedAnyway(message: string): HushError {
  return new HushError({
    code: 'NOTIFIED_ANYWAY',
    message: `${message} This run is not resumed. When the server is mended, try the rest again with a retry.`,
    reaction: 'fix-input',
  });
}

/** The server is asked anew: what it kept yesterday it may not keep today. */
function stillKept({ capability }: OpenTarget, { head }: StoredRun, methods: readonly WriteMethod[]): Verdict {
  const { verdict } = head.summary;
  // Nothing but what was written is left to read, and what was changed to put back.
  if (methods.length === 0) return verdict;
  const now = capability.verdict(verdict.asked, methods);
  if (now.effective === verdict.effective && verdict.effective !== null) return now;
  throw new HushError({
    code: 'MODE_BLOCKED',
    message: `The server no longer does what this run was started with. ${now.because}`,
    reaction: 'fix-input',
  });
}

/** Something was written and could not be read back; to read it again sends nothing. */
function hasUnread({ steps, journal }: StoredRun): boolean {
  return steps.some((step, row) => isUnreadRow(step, journal.rows.get(row)));
}

function remainingMethods({ steps, journal }: StoredRun): readonly WriteMethod[] {
  const methods = new Set<WriteMethod>();
  for (const [row, step] of steps.entries()) {
    const { action } = step.row;
    if (!sends(step) || (journal.rows.get(row)?.final ?? null) !== null) continue;
    if (action === 'create' || action === 'update' || action === 'delete') methods.add(action);
  }
  return [...methods];
}
