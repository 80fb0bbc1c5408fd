import { toFailure } from '../../../../shared/model/failure.ts';
import { Turn } from '../../yielding.ts';
import type { RunContext } from '../context.ts';
import { isBeside } from '../../plan/rows.ts';
import { Awaited, inTurn } from './awaited.ts';
import { writeBinRow } from './bin-row.ts';
import { IntentFeed } from './feed.ts';
import { candidates, writtenEarlier } from './first-alone.ts';
import { LeakGuard } from './leak-guard.ts';
import { sends } from '../log.ts';
import { saveOriginals } from './originals.ts';
import { readUndamaged } from '../kept/pack.ts';
import { doubtful, isUnreadRow } from '../tally.ts';
import { Verifier } from './verify.ts';
import type { Written } from '../types.ts';
import { writeRow } from './write.ts';

/** Rows whose intents become durable together: as many as a fast server takes while the disk syncs. */
const CHUNK = 256;
/** Milliseconds between two reports of how far the writing is; rows have their outcome only after they were read back. */
const SAY_EVERY = 100;
/** Rows that may fail one after the other because the server keeps asking to wait, before the run is stopped. */
const PATIENCE = 5;

/**
 * Sends everything that is left to send and reads it back.
 *
 * @returns whether the run ended before its end: by a person, or because nothing more could be done
 */
export async function writePhase(context: RunContext): Promise<boolean> {
  const verifier = new Verifier(context);
  const rows = await openRows(context, verifier);
  const guard = new Guard(context);
  const awaited = new Awaited(context.log);
  const write = (row: number): Promise<void> =>
    awaited.run(
      row,
      () => writeSafely(context, row, rows.unknown.has(row)),
      (written) => guard.note(row, written, verifier),
    );
  const alone = context.leaks === null ? new Set<number>() : await firstAlone(context, rows, verifier, guard, write);
  const progress = { done: alone.size, of: rows.all.length };
  let saidAt = 0;
  const others = inTurn(
    rows.all.filter((row) => !alone.has(row)),
    context.log.steps,
  );
  const feed = new IntentFeed(others, CHUNK, (chunk) => prepare(context, chunk, rows.unknown));
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    while (await context.control.mayGo()) {
      const row = await feed.next();
      if (row === undefined) return;
      await write(row);
      progress.done += 1;
      const now = performance.now();
      if (now - saidAt < SAY_EVERY) continue;
      saidAt = now;
      sayProgress(context, progress);
    }
  };
  sayProgress(context, progress);
  const workers = Array.from({ length: Math.max(1, Math.min(context.concurrency, others.length)) }, () =>
    worker().catch((error: unknown) => {
      failures.push(error);
      context.control.stop();
    }),
  );
  await Promise.all(workers);
  context.log.withdraw((await feed.leftOver()).filter((row) => !rows.unknown.has(row)));
  sayProgress(context, progress);
  await verifier.finish();
  if (failures.length > 0) throw failures[0];
  return context.control.stopped;
}

/**
 * Before anything else goes out, also in a resumed run: what was written earlier is read, then one event with which the
 * server could tell people goes alone and is read back. A mark that it told somebody stops the run there.
 *
 * @returns the rows that were dealt with
 */
async function firstAlone(
  context: RunContext,
  rows: OpenRows,
  verifier: Verifier,
  guard: Guard,
  write: (row: number) => Promise<void>,
): Promise<ReadonlySet<number>> {
  const { log, control } = context;
  const alone = new Set<number>();
  if (rows.all.length === 0) return alone;
  await verifier.catchUp();
  await lookAgain(context);
  const telling = candidates(context, rows.all);
  for (const row of telling) {
    if (!(await control.mayGo())) break;
    const after = log.steps[row]?.waitsFor;
    const waitsFor = after !== undefined && rows.all.includes(after) && !alone.has(after) ? [after] : [];
    for (const one of [...waitsFor, row]) {
      alone.add(one);
      const [ready] = await prepare(context, [one], rows.unknown);
      if (ready !== undefined) await write(one);
    }
    if (log.state(row).applied === null) continue;
    await verifier.catchUp();
    const seen = log.state(row).verified?.verdict;
    if (seen === 'unreadable' && alone.size < telling.length)
      guard.stop('What was written first cannot be read back, so nobody knows who was notified.');
    if (seen !== 'missing') break;
  }
  return alone;
}

/** An event that an earlier process wrote, unless somebody has changed it since: that may well have told people. */
async function lookAgain(context: RunContext): Promise<void> {
  const { log, store, bodies } = context;
  const row = writtenEarlier(context);
  if (row === null) return;
  const step = log.steps[row];
  const { final, verified } = log.state(row);
  const [body, etag] = [step?.body ?? null, verified?.etag ?? null];
  if (step === undefined || body === null || etag === null) return;
  const there = await store.get(final?.href ?? step.row.href ?? '').catch(() => null);
  if (there?.etag !== etag) return;
  const sent = (await readUndamaged(bodies, body))?.toString('utf8') ?? '';
  const object = { href: '', etag: there.etag, text: there.bytes.toString('utf8') };
  await new LeakGuard(context).look(row, object, sent);
}

/** One bad row costs no other: what is thrown here concerns this row, unless it says that the job must stop. */
async function writeSafely(context: RunContext, row: number, mayHaveBeenSent: boolean): Promise<Written> {
  try {
    const write = context.log.steps[row]?.row.bin === undefined ? (context.write ?? writeRow) : writeBinRow;
    return await write(context, row, mayHaveBeenSent);
  } catch (error) {
    const { message, reaction } = toFailure(error);
    if (reaction === 'stop-job') return { kind: 'stop', status: 0, message };
    const href = context.log.steps[row]?.row.href ?? null;
    const outcome = { outcome: 'failed', reason: message, status: null, href, etag: null, ms: null } as const;
    return { kind: 'final', outcome };
  }
}

interface OpenRows {
  /** Rows without a final outcome, those that may have been sent first. */
  readonly all: readonly number[];
  /** Rows that an earlier process may have sent without noting the answer. */
  readonly unknown: ReadonlySet<number>;
}

/**
 * What an earlier process of this run left: its finished rows are said again, some at a time so that a listener keeps up,
 * its answers read back, and what it could not read back is read again.
 */
async function openRows({ log }: RunContext, verifier: Verifier): Promise<OpenRows> {
  const unknown: number[] = [];
  const fresh: number[] = [];
  const turn = new Turn();
  for (const [row, step] of log.steps.entries()) {
    if (!sends(step)) continue;
    const { final, applied, intended, doubt } = log.state(row);
    if (doubt && final === null) log.final(row, doubtful(step));
    else if (final !== null && isUnreadRow(step, log.state(row))) {
      verifier.add(row, { ...final, reason: applied?.reason ?? '' });
    } else if (final !== null) {
      log.retell(row);
      if (turn.due) await turn.take();
    } else if (applied !== null && isBeside(step.row)) {
      // It was read where it lies before its answer was noted: the calendar has nothing of it.
      log.readBack(row, 'same', [], null);
      log.final(row, applied);
    } else if (applied !== null) verifier.add(row, applied);
    else if (intended) unknown.push(row);
    else fresh.push(row);
  }
  return { all: [...unknown, ...fresh], unknown: new Set(unknown) };
}

/** Saves originals and makes intents durable. Rows of unknown outcome have both already. */
async function prepare(
  context: RunContext,
  chunk: readonly number[],
  unknown: ReadonlySet<number>,
): Promise<readonly number[]> {
  const fresh = await saveOriginals(
    context,
    chunk.filter((row) => !unknown.has(row)),
  );
  if (fresh.length > 0) await context.log.intend(fresh);
  return [...chunk.filter((row) => unknown.has(row)), ...fresh];
}

function sayProgress({ log }: RunContext, { done, of }: { readonly done: number; readonly of: number }): void {
  log.say({ kind: 'phase', phase: 'writing', done, of });
}

/** Takes the result of each write to where it belongs, and stops the run when going on makes no sense. */
class Guard {
  readonly #context: RunContext;
  #impatient = 0;

  constructor(context: RunContext) {
    this.#context = context;
  }

  note(row: number, written: Written, verifier: Verifier): void {
    const { log } = this.#context;
    switch (written.kind) {
      case 'applied':
        this.#impatient = 0;
        log.applied(row, written.outcome);
        verifier.add(row, written.outcome);
        return;
      case 'final':
        log.final(row, written.outcome);
        this.#countBusy(written.outcome.status, written.outcome.reason);
        return;
      case 'left':
        if (written.unknown) log.leave(row, 'unknown', written.reason);
        else this.#withdraw(row, written.reason);
        return;
      case 'stop':
        this.#withdraw(row, written.message);
        this.stop(written.message);
    }
  }

  /** Known not to have been done: a resume may send it. */
  #withdraw(row: number, reason: string): void {
    this.#context.log.withdraw([row]);
    this.#context.log.leave(row, 'cancelled', reason);
  }

  #countBusy(status: number | null, message: string): void {
    if (status !== 429 && status !== 503) {
      this.#impatient = 0;
      return;
    }
    this.#impatient += 1;
    if (this.#impatient >= PATIENCE) this.stop(message);
  }

  stop(message: string): void {
    if (this.#context.control.stopped) return;
    this.#context.control.stop();
    this.#context.log.problem({
      code: 'RUN_STOPPED',
      message: `The run was stopped: ${message} It can be resumed.`,
      reaction: 'stop-job',
    });
  }
}
