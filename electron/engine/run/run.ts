import { basename } from 'node:path';
import { isDiskTrouble, toFailure } from '../../../shared/model/failure.ts';
import type { JobEvent, RunStatus } from '../../../shared/model/job.ts';
import type { JobNote } from '../../../shared/model/kept/job-note.ts';
import type { JobAudit, RunHandle } from '../types.ts';
import type { CalendarStore } from '../caldav/types.ts';
import { Turn, runYielding } from '../yielding.ts';
import { createPacer, type Pacer } from '../caldav/transport/pace.ts';
import type { FindLeak } from '../scheduling/notified/leaks.ts';
import type { RunContext, WriteRow } from './context.ts';
import { RunControl } from './control.ts';
import { EventQueue } from './events.ts';
import { dropResult, runPaths, writeResult } from './kept/folder.ts';
import { readNote } from './kept/job-note.ts';
import { Journal } from './kept/journal.ts';
import { LOCK_LOST, lockRun, type RunLock } from './kept/lock.ts';
import { RunLog, sends } from './log.ts';
import { mayNotify } from './writing/notifies.ts';
import { PackReader, PackWriter } from './kept/pack.ts';
import { readJournalOf } from './kept/read-run.ts';
import type { Replay } from './kept/replay.ts';
import { summariseRun } from './tally.ts';
import { sourcesOf, type RunHead, type RunStep } from './types.ts';
import { writePhase } from './writing/write-phase.ts';

/** What a run needs: its folder, complete on the disk, and a store to write to. */
export interface RunRequest {
  readonly folder: string;
  readonly head: RunHead;
  readonly steps: readonly RunStep[];
  readonly store: CalendarStore;
  headers(step: RunStep): Readonly<Record<string, string>>;
  /** What has to be done before the first event; gives the scheduling headers of the writes from then on. */
  readonly begin?: (beginning: Beginning) => Promise<RunRequest['headers'] | undefined>;
  /**
   * What has to be put back when the writing is over, however it ended; never throws. Gives why it could not be, in a
   * sentence: the run is not finished then.
   */
  readonly finish?: (beginning: Beginning) => Promise<string | null>;
  /** How a stored object gives away that people were told against the mode; null where everybody may be. */
  readonly leaks: FindLeak | null;
  /** Brings one row to its end, where that is not one plain write. */
  readonly write?: WriteRow | undefined;
  readonly concurrency: number;
  /** Shared with other runs on the same origin; one of its own when left out. */
  readonly pacer?: Pacer | undefined;
  readonly now: () => Date;
  /** Where its start, its end and a stop are noted; not of a rehearsal. */
  readonly audit?: JobAudit | undefined;
}

interface Beginning {
  readonly journal: Journal;
  readonly control: RunControl;
  readonly before: Replay;
  readonly log: Pick<RunLog, 'say'>;
}

/**
 * Starts a run, or goes on with one: what the journal says is done is not done again, what it leaves open is read
 * first. Throws HushError when another process has the run, or its journal is damaged.
 */
export async function startRun(request: RunRequest): Promise<RunHandle> {
  const lock = lockRun(request.folder);
  const opened: { close(): Promise<void> }[] = [];
  try {
    const paths = runPaths(request.folder);
    const before = await readJournalOf(request.folder, request.head, request.steps);
    const note = await readNote(request.folder);
    const journal = await Journal.open(paths.journal, basename(request.folder), before.end);
    opened.push(journal);
    const originals = await PackWriter.open(paths.originals);
    opened.push(originals);
    // With all that may fail before it: what has a start comes to an end.
    await request.audit?.started();
    await dropResult(request.folder);
    const events = new EventQueue<JobEvent>();
    const control = new RunControl();
    const log = new RunLog(request.steps, journal, events, before.rows);
    journal.whenBroken((error) => {
      stopFor(log, error);
      control.stop();
    });
    const context: RunContext = {
      store: request.store,
      log,
      control,
      bodies: new PackReader(paths.bodies),
      originals,
      originalsPath: paths.originals,
      leaks: request.leaks,
      write: request.write,
      headers: (step) => request.headers(step),
      mayWrite() {
        if (lock.stillHeld()) return;
        journal.abandon(LOCK_LOST);
        control.stop();
        throw LOCK_LOST;
      },
      mayNotify: ({ row }) => mayNotify(request.head.summary.verdict.effective, row),
      concurrency: request.concurrency,
      pacer:
        request.pacer ??
        createPacer(request.concurrency, ({ connections, because }) => {
          log.say({ kind: 'pace', connections, because, at: request.now().toISOString() });
        }),
    };
    control.whenStopped(() => context.pacer.ignoreRetryAfter());
    const finished = runToEnd(request, note, context, journal, before, lock).finally(() => {
      lock.release();
      events.close();
    });
    return {
      runId: request.head.runId,
      events: () => events.batches(),
      pause: (paused) => {
        control.pause(paused);
        log.say({ kind: 'paused', paused });
      },
      stop() {
        request.audit?.stopping();
        control.stop();
      },
      finished,
    };
  } catch (error) {
    await Promise.allSettled(opened.map((file) => file.close()));
    lock.release();
    throw error;
  }
}

/** Never rejects; `settled` is said last, whatever happens. */
async function runToEnd(
  request: RunRequest,
  note: JobNote,
  context: RunContext,
  journal: Journal,
  before: Replay,
  lock: RunLock,
): Promise<void> {
  const { head, now } = request;
  const { log, control } = context;
  log.say({
    kind: 'started',
    runId: head.runId,
    job: head.job,
    at: now().toISOString(),
    server: head.server,
    calendar: head.calendar,
    user: head.spec.user,
    ...(head.spec.behalf === undefined ? {} : { behalf: head.spec.behalf }),
    sources: sourcesOf(head),
    ...note,
  });
  log.say({ kind: 'plan', hash: head.hash, notified: head.summary.notified, summary: head.summary });
  let stopped: boolean;
  try {
    const at = now().toISOString();
    // The folder was made with the first line.
    if (before.end.last !== 1) await journal.commit({ k: 'resumed', at });
    await sayQuietRows(log);
    const headers = await request.begin?.({ journal, control, before, log });
    stopped = await writePhase(headers === undefined ? context : { ...context, headers });
  } catch (error) {
    stopFor(log, error);
    stopped = true;
  }
  // What another process has taken over is put back by that one.
  const left = lock.stillHeld() ? ((await request.finish?.({ journal, control, before, log })) ?? null) : null;
  if (left !== null) {
    log.problem({ code: 'LEFT_OVER', message: left, reaction: 'stop-job' });
    stopped = true;
  }
  await settle(request, context, journal, stopped || control.stopped, left);
}

/** Says once why the run cannot go on. */
function stopFor(log: RunLog, error: unknown): void {
  const failure = toFailure(error);
  if (log.problems.some(({ code }) => code === failure.code)) return;
  const { message } = failure;
  log.problem(
    isDiskTrouble(failure) ? { ...failure, message: `The run was stopped: ${message} It can be resumed.` } : failure,
  );
}

/** Rows that send nothing, some at a time so that a listener keeps up. */
async function sayQuietRows(log: RunLog): Promise<void> {
  const turn = new Turn();
  for (const [row, step] of log.steps.entries()) {
    if (sends(step)) continue;
    log.quiet(row, step);
    if (turn.due) await turn.take();
  }
}

/** Rows that this process leaves to another one, some at a time as well. */
async function sayWhatIsLeft(log: RunLog): Promise<void> {
  const turn = new Turn();
  for (const [row, step] of log.steps.entries()) {
    if (!sends(step) || log.hasEnded(row)) continue;
    const open = log.state(row).intended || log.state(row).applied !== null;
    log.leave(row, open ? 'unknown' : 'cancelled', open ? 'What became of it was not read yet.' : 'Not sent.');
    if (turn.due) await turn.take();
  }
}

async function settle(
  request: RunRequest,
  context: RunContext,
  journal: Journal,
  stopped: boolean,
  left: string | null,
): Promise<void> {
  const { log } = context;
  await sayWhatIsLeft(log);
  const at = request.now().toISOString();
  let status: RunStatus = log.status(stopped);
  const keepEnd = async (): Promise<void> => {
    await journal.commit({ k: 'settled', status, at, problems: log.problems });
    const result = await runYielding(summariseRun(log.steps, (row) => log.state(row), status, at));
    await writeResult(request.folder, left === null ? result : { ...result, leftOver: [left] }, journal.lines);
  };
  try {
    await keepEnd();
  } catch (error) {
    // Its end is not on the disk: a resume reads what became of the last rows, and notes it.
    stopFor(log, error);
    status = log.status(true);
  }
  try {
    // What the audit says of the end is on the disk by now, or stopped the run.
    await request.audit?.ended(status, log.totals, log.problems);
  } catch (error) {
    log.problem(toFailure(error));
    if (status === 'complete') status = 'incomplete';
    // The last end counts. One that cannot be kept again is there as it was.
    await keepEnd().catch(() => undefined);
  }
  await Promise.allSettled([journal.close(), context.bodies.close(), context.originals.close(), context.store.close()]);
  const { verdict } = request.head.summary;
  log.say({
    kind: 'settled',
    runId: request.head.runId,
    status,
    totals: log.totals,
    verified: log.verified,
    mode: { asked: verdict.asked, effective: verdict.effective, because: verdict.because },
    at,
  });
}
