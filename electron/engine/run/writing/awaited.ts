import type { RunLog } from '../log.ts';
import { sends } from '../log.ts';
import type { RunStep, Written } from '../types.ts';

/** The rows with each one that another waits for right before it: what is taken out and what takes its place stay close. */
export function inTurn(rows: readonly number[], steps: readonly RunStep[]): readonly number[] {
  const open = new Set(rows);
  const placed = new Set<number>();
  const turn: number[] = [];
  const place = (row: number): void => {
    if (placed.has(row) || !open.has(row)) return;
    placed.add(row);
    const after = steps[row]?.waitsFor;
    if (after !== undefined) place(after);
    turn.push(row);
  };
  for (const row of rows) place(row);
  return turn;
}

/** Rows that go out only when another one has ended well. */
export class Awaited {
  readonly #log: RunLog;
  readonly #working = new Map<number, Promise<void>>();

  constructor(log: RunLog) {
    this.#log = log;
  }

  /** Brings a row to its end with `write`, and notes it; whoever waits for it waits for that. */
  run(row: number, write: () => Promise<Written>, note: (written: Written) => void): Promise<void> {
    const working = this.#afterIts(row, write).then(note);
    this.#working.set(
      row,
      working.catch(() => undefined),
    );
    return working;
  }

  async #afterIts(row: number, write: () => Promise<Written>): Promise<Written> {
    const after = this.#log.steps[row]?.waitsFor;
    if (after === undefined) return write();
    await this.#working.get(after);
    return this.#against(row, after) ?? write();
  }

  /** Why the row is not sent; null: the one before it ended well. */
  #against(row: number, after: number): Written | null {
    const before = this.#log.steps[after];
    if (before === undefined || !sends(before)) return null;
    const { final, applied } = this.#log.state(after);
    const ended = final ?? applied;
    if (ended === null) return { kind: 'left', unknown: false, reason: 'Not sent.' };
    if (ENDED_WELL.includes(ended.outcome)) return null;
    const href = this.#log.steps[row]?.row.href ?? null;
    const reason = before.row.bin === 'remove' ? STILL_IN_BIN : STILL_IN_CALENDAR;
    return {
      kind: 'final',
      outcome: { outcome: 'failed', reason: `${reason} ${ended.reason}`, status: null, href, etag: null, ms: null },
    };
  }
}

const ENDED_WELL = ['deleted', 'unchanged'];
const STILL_IN_BIN = 'The deleted event could not be taken out of the trash bin, so nothing was stored.';
const STILL_IN_CALENDAR = 'The event that took its place could not be deleted, so nothing was put into the trash bin.';
