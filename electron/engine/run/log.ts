import { TROUBLE, ZERO_TOTALS, type Outcome, type Totals } from '../../../shared/model/outcome.ts';
import { changesOf, warningsOf, type Action } from '../../../shared/model/plan.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import type { JobEvent, RunStatus } from '../../../shared/model/job.ts';
import type { ETag } from '../caldav/types.ts';
import type { EventQueue } from './events.ts';
import type { Journal } from './kept/journal.ts';
import { emptyRow, type RowState } from './kept/replay.ts';
import type { ItemOutcome, RunStep, Slice, VerdictWord } from './types.ts';

/** What becomes of a row that sends nothing. */
const QUIET: Readonly<Record<Action, Outcome>> = {
  create: 'skipped',
  update: 'skipped',
  delete: 'skipped',
  unchanged: 'unchanged',
  skip: 'skipped',
  supersede: 'superseded',
  conflict: 'conflict',
  reject: 'rejected',
};

/** Whether a step sends a request: its action writes, and the person did not untick it. */
export function sends({ row }: RunStep): boolean {
  return !row.excluded && (row.action === 'create' || row.action === 'update' || row.action === 'delete');
}

/** The outcome of a step that sends nothing. */
export function quietOutcome({ row }: Pick<RunStep, 'row'>): ItemOutcome {
  const reason = row.excluded && row.reason === '' ? 'Left out by your selection.' : row.reason;
  return { outcome: QUIET[row.action], reason, status: null, href: row.href, etag: null, ms: null };
}

/**
 * The one place where a run writes down and says what happened: journal and events cannot disagree, and a row gets one
 * final outcome.
 */
export class RunLog {
  readonly steps: readonly RunStep[];
  readonly #journal: Journal;
  readonly #events: EventQueue<JobEvent>;
  readonly #rows: Map<number, RowState>;
  readonly #said = new Set<number>();
  readonly totals: Totals = { ...ZERO_TOTALS };
  readonly problems: Failure[] = [];
  /** Rows that a resume takes up. */
  #left = 0;
  verified = 0;
  differing = 0;

  constructor(
    steps: readonly RunStep[],
    journal: Journal,
    events: EventQueue<JobEvent>,
    rows: ReadonlyMap<number, RowState>,
  ) {
    this.steps = steps;
    this.#journal = journal;
    this.#events = events;
    this.#rows = new Map(rows);
  }

  state(row: number): RowState {
    const known = this.#rows.get(row);
    if (known !== undefined) return known;
    const fresh = emptyRow();
    this.#rows.set(row, fresh);
    return fresh;
  }

  say(event: JobEvent): void {
    this.#events.push(event);
  }

  problem(failure: Failure): void {
    this.problems.push(failure);
    this.say({ kind: 'problem', failure });
  }

  /** The same; resolves when it is on the disk, so that no later process of the run misses it. */
  async problemForGood(failure: Failure): Promise<void> {
    this.problem(failure);
    await this.#journal.commit({ k: 'problem', failure });
  }

  original(row: number, body: Slice, etag: ETag | null): void {
    this.state(row).original = { body, etag };
    this.#journal.append({ k: 'original', row, body, etag });
  }

  /** Resolves when the intents, and the originals noted before them, are on the disk. */
  async intend(rows: readonly number[]): Promise<void> {
    for (const row of rows) this.state(row).intended = true;
    await this.#journal.commit({ k: 'intent', rows: [...rows] });
  }

  withdraw(rows: readonly number[]): void {
    if (rows.length === 0) return;
    for (const row of rows) this.state(row).intended = false;
    this.#journal.append({ k: 'withdrawn', rows: [...rows] });
  }

  /** Resolves when it is on the disk that the request that tells people may leave. */
  async telling(row: number): Promise<void> {
    this.state(row).telling = true;
    await this.#journal.commit({ k: 'telling', row });
  }

  /** Resolves when it is on the disk that a request which may have notified people has no answer. */
  async lost(row: number): Promise<void> {
    this.state(row).lost = true;
    await this.#journal.commit({ k: 'lost', row });
  }

  /** Resolves when it is on the disk that the server refused it, and nobody was told. */
  async refused(row: number, reason: string): Promise<void> {
    this.state(row).refused = reason;
    await this.#journal.commit({ k: 'refused', row, reason });
  }

  applied(row: number, outcome: ItemOutcome): void {
    const state = this.state(row);
    state.applied = outcome;
    state.intended = false;
    this.#journal.append({ k: 'applied', row, ...outcome });
  }

  readBack(row: number, verdict: VerdictWord, properties: readonly string[], etag: string | null): void {
    this.state(row).verified = { verdict, properties, etag };
    this.#journal.append({ k: 'verified', row, verdict, properties: [...properties], etag });
    this.#sayVerified(row, verdict, properties);
  }

  final(row: number, outcome: ItemOutcome): void {
    this.state(row).final = outcome;
    this.#journal.append({ k: 'final', row, ...outcome });
    this.#sayItem(row, outcome);
  }

  /** Says again what an earlier process of this run had finished, so that the stream is whole. */
  retell(row: number): void {
    const state = this.state(row);
    if (state.verified !== null) this.#sayVerified(row, state.verified.verdict, state.verified.properties);
    if (state.final !== null) this.#sayItem(row, state.final);
  }

  /** A row that sends nothing: its outcome stands in the plan. */
  quiet(row: number, step: RunStep): void {
    this.#sayItem(row, quietOutcome(step));
  }

  /** A row that the end of this process leaves without an outcome; a resume takes it up. */
  leave(row: number, outcome: 'cancelled' | 'unknown', reason: string): void {
    if (!this.#said.has(row)) this.#left += 1;
    this.#sayItem(row, {
      outcome,
      reason,
      status: null,
      href: this.steps[row]?.row.href ?? null,
      etag: null,
      ms: null,
    });
  }

  hasEnded(row: number): boolean {
    return this.#said.has(row);
  }

  status(stopped: boolean): RunStatus {
    // A stop that comes when nothing is left to do stops nothing; such a run could not be resumed either.
    if (this.#left > 0 || (stopped && this.problems.length > 0)) return 'stopped';
    const trouble = TROUBLE.some((bucket) => this.totals[bucket] > 0) || this.totals.cancelled > 0;
    return trouble || this.differing > 0 ? 'incomplete' : 'complete';
  }

  #sayVerified(row: number, verdict: VerdictWord, properties: readonly string[]): void {
    if (verdict === 'same' || verdict === 'rewritten') this.verified += 1;
    else this.differing += 1;
    this.say({ kind: 'verified', row, verdict, properties });
  }

  #sayItem(row: number, { outcome, reason, status, href, ms }: ItemOutcome): void {
    const step = this.steps[row];
    if (step === undefined || this.#said.has(row)) return;
    this.#said.add(row);
    this.totals[outcome] += 1;
    const { uid, action, file, line, title, findings, bin } = step.row;
    const warnings = warningsOf(findings);
    const changes = changesOf(findings);
    this.say({
      kind: 'item',
      row,
      uid,
      href: href ?? step.row.href,
      action,
      outcome,
      reason,
      file,
      line,
      title,
      ...(bin === undefined ? {} : { bin }),
      ...(warnings.length === 0 ? {} : { warnings }),
      ...(changes.length === 0 ? {} : { changes }),
      ...(status === null ? {} : { status }),
      ...(ms === null ? {} : { ms }),
    });
  }
}
