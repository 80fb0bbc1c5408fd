import { membersOnDisk } from '../../batch/kept/entry.ts';
import { openBatch } from '../../batch/kept/folder.ts';
import { collectionKey } from '../../caldav/url.ts';
import { meaningBehind } from '../../icalendar/meaning/meaning.ts';
import { runPaths } from '../../run/kept/folder.ts';
import { quietOutcome, sends } from '../../run/log.ts';
import { PackReader, readUndamaged } from '../../run/kept/pack.ts';
import type { RowState } from '../../run/kept/replay.ts';
import type { RunStep } from '../../run/types.ts';
import type { TargetObject } from '../../plan/types.ts';
import { openRun } from '../stored/stored-run.ts';
import { laidMigration } from '../stored/migration-spec.ts';

/** How an earlier migration left one event of a calendar on the new side. */
export interface Left {
  /** Meaning of the text that was on the old side then; of one that was left out, a digest (see meaning.ts). */
  readonly meaning: string;
  /** ETag of what the server made of it; null where it was never read back. */
  readonly etag: string | null;
}

/** What an earlier migration left in one calendar, by UID. */
export type LeftByUid = ReadonlyMap<string, Left>;

/** What a migration, and those that it follows, left in each calendar; by the path of the calendar. */
export class Earlier {
  readonly #runsDir: string;
  readonly #runs: ReadonlyMap<string, readonly string[]>;
  /** Archives of what was pulled from the old side then, by calendar. */
  readonly #pulled: ReadonlyMap<string, string>;
  readonly #final: boolean;

  private constructor(
    runsDir: string,
    runs: ReadonlyMap<string, readonly string[]>,
    pulled: ReadonlyMap<string, string>,
    final: boolean,
  ) {
    this.#runsDir = runsDir;
    this.#final = final;
    this.#runs = runs;
    this.#pulled = pulled;
  }

  /** Throws HushError when there is no such batch. */
  static async open(runsDir: string, batchId: string): Promise<Earlier> {
    const batch = await openBatch(runsDir, batchId);
    const runs = new Map<string, string[]>();
    for (const { calendarUrl, runIds } of await membersOnDisk(batch)) {
      if (calendarUrl === null) continue;
      const key = collectionKey(calendarUrl);
      runs.set(key, [...(runs.get(key) ?? []), ...runIds]);
    }
    const parsed = laidMigration.safeParse(batch.head.spec);
    const pulled = new Map<string, string>();
    for (const laid of parsed.success ? parsed.data.laid : []) {
      const move = parsed.data?.spec.moves[laid.move];
      const [source] = laid.sources;
      if (move?.from.kind === 'server' && source !== undefined) pulled.set(collectionKey(move.calendarUrl), source);
    }
    return new Earlier(runsDir, runs, pulled, parsed.success && parsed.data.spec.after !== null);
  }

  archiveOf(calendarUrl: string): string | null {
    return this.#pulled.get(collectionKey(calendarUrl)) ?? null;
  }

  async leftIn(calendarUrl: string): Promise<LeftByUid> {
    const left = new Map<string, Left>();
    for (const runId of this.#runs.get(collectionKey(calendarUrl)) ?? []) {
      const { folder, steps, journal } = await openRun(this.#runsDir, runId);
      const bodies = new PackReader(runPaths(folder).bodies);
      for (const [row, step] of steps.entries()) {
        const one = leftBy(step, journal.rows.get(row), this.#final);
        if (one === 'gone') left.delete(step.row.uid);
        else if (one !== null) left.set(step.row.uid, await withMeaning(one, step, bodies));
      }
      await bodies.close();
    }
    return left;
  }
}

/** Of what was new then, the run knows the fingerprint only. */
async function withMeaning(left: Left, { body }: RunStep, bodies: PackReader): Promise<Left> {
  if (body === null) return left;
  const text = (await readUndamaged(bodies, body))?.toString('utf8');
  // Its ETag has to do.
  return text === undefined ? left : { ...left, meaning: meaningBehind(left.meaning, text) };
}

/** @param final the earlier migration was a final pass itself: what it left alone stays known to the next one */
function leftBy(step: RunStep, state: RowState | undefined, final: boolean): Left | 'gone' | null {
  const outcome = sends(step) ? (state?.final?.outcome ?? null) : quietOutcome(step).outcome;
  const etag = state?.verified?.etag ?? state?.final?.etag ?? step.etag;
  switch (outcome) {
    case 'created':
    case 'updated':
    case 'altered':
    case 'unchanged':
      return step.row.action === 'delete' ? 'gone' : { meaning: step.meaning, etag };
    case 'deleted':
      return 'gone';
    case 'skipped':
      // Gone from the old side and kept here: rows that stand in no file.
      if (final && step.row.file === '') return { meaning: step.meaning, etag: step.etag };
      return final ? { meaning: step.meaning, etag: null } : null;
    case 'conflict':
      return final ? { meaning: '', etag: null } : null;
    // Written, and not found when it was read back: an ETag may still tell that it is what we left.
    case 'failed':
      return state?.applied !== null && state?.applied !== undefined ? { meaning: step.meaning, etag } : null;
    default:
      return null;
  }
}

/** Whether an object is still as the earlier migration left it. */
export function isAsLeft({ summary, etag }: TargetObject, left: Left): boolean {
  return summary.meaning === left.meaning || (left.etag !== null && left.etag === etag);
}
