import type { DayRange, Occurrences } from '../../../../shared/model/found/occurrences.ts';
import type { PlanRow } from '../../../../shared/model/plan.ts';
import { spanOf, timedOf, isWithin, type Timed } from '../../icalendar/recurrence/occurrences.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import { showIn, type Shown } from '../../plan/occurrences.ts';
import { runPaths } from '../../run/kept/folder.ts';
import { PackReader, readUndamaged } from '../../run/kept/pack.ts';
import type { StoredRun } from '../../run/kept/read-run.ts';
import { outcomeOf } from '../../run/tally.ts';
import type { RunStep, Slice } from '../../run/types.ts';
import { runYielding } from '../../yielding.ts';
import { openRun } from './stored-run.ts';

const DAY = 86_400_000;
/** What begins earlier than this before the days in sight, and does not recur, is over by then. */
const LONGEST = 62 * DAY;

/** The calendar before and after a run, in some days. */
export interface RunCalendar {
  show(range: DayRange): Promise<Occurrences>;
}

/**
 * What a run did, on its days. Texts are read from the folder of the run, those of the days in sight only; a text that is
 * damaged there shows when its row said that it begins.
 */
export async function openRunCalendar(runsDir: string, runId: string): Promise<RunCalendar> {
  const run = await openRun(runsDir, runId);
  const times = new TimesOfRun(run);
  return {
    async show(range) {
      const shown = await times.shown(Date.parse(range.from), Date.parse(range.to) + DAY);
      const undated = run.steps.filter(({ row }) => row.start === null).length;
      return { ...(await runYielding(showIn(range, shown))), undated };
    },
  };
}

interface StepTimes {
  readonly own: Timed;
  readonly original: Timed | null;
}

class TimesOfRun {
  readonly #run: StoredRun;
  readonly #known = new Map<number, StepTimes>();

  constructor(run: StoredRun) {
    this.#run = run;
  }

  async shown(fromMs: number, toMs: number): Promise<readonly Shown[]> {
    const { bodies, originals } = runPaths(this.#run.folder);
    const [sent, saved] = [new PackReader(bodies), new PackReader(originals)];
    const found: Shown[] = [];
    try {
      for (const [at, step] of this.#run.steps.entries()) {
        if (!this.#mayBeWithin(at, step, fromMs, toMs)) continue;
        const times = this.#known.get(at) ?? (await this.#read(at, step, sent, saved));
        this.#known.set(at, times);
        found.push(...this.#shownOf(at, step, times));
      }
    } finally {
      await Promise.all([sent.close(), saved.close()]);
    }
    return found;
  }

  #mayBeWithin(at: number, { row }: RunStep, fromMs: number, toMs: number): boolean {
    const known = this.#known.get(at);
    if (known !== undefined) {
      const spans = [spanOf(known.own), known.original === null ? null : spanOf(known.original)];
      return spans.some((span) => span !== null && isWithin(span, fromMs, toMs));
    }
    if (row.recurring || this.#originalOf(at) !== null) return true;
    const start = timedByRow(row).start;
    return start !== null && isWithin({ fromMs: start.ms, toMs: start.ms + LONGEST }, fromMs, toMs);
  }

  #originalOf(at: number): Slice | null {
    return this.#run.journal.rows.get(at)?.original?.body ?? null;
  }

  async #read(at: number, { row, body }: RunStep, sent: PackReader, saved: PackReader): Promise<StepTimes> {
    const original = this.#originalOf(at);
    return {
      own: (body === null ? null : await timedIn(sent, body)) ?? timedByRow(row),
      original: original === null ? null : await timedIn(saved, original),
    };
  }

  #shownOf(at: number, step: RunStep, { own, original }: StepTimes): readonly Shown[] {
    const base = { row: at, ticked: null } as const;
    const before = original ?? own;
    switch (outcomeOf(step, this.#run.journal.rows.get(at)).outcome) {
      case 'created':
        return [{ ...base, state: 'added', on: 'after', timed: own }];
      case 'updated':
      case 'altered':
        return [
          { ...base, state: 'replaced', on: 'before', timed: before },
          { ...base, state: 'changed', on: 'after', timed: own },
        ];
      case 'deleted':
        return [{ ...base, state: 'removed', on: 'before', timed: before }];
      case 'unchanged':
        return [{ ...base, state: 'kept', on: 'both', timed: own }];
      case 'conflict':
        return [{ ...base, state: 'conflict', on: 'both', timed: own }];
      case 'skipped':
        return [{ ...base, state: 'leftOut', on: 'after', timed: own }];
      case 'superseded':
        return [];
      default:
        return [{ ...base, state: 'rejected', on: 'after', timed: own }];
    }
  }
}

async function timedIn(pack: PackReader, slice: Slice): Promise<Timed | null> {
  const text = await readUndamaged(pack, slice);
  const [summary] = text === null ? [] : summarise(text.toString('utf8'));
  return summary === undefined ? null : timedOf(summary);
}

/** What the row itself says: the first start. */
function timedByRow({ title, start, startsAt, tzid }: PlanRow): Timed {
  if (start === null) return { title, start, endsMs: null };
  const ms = startsAt ?? Date.parse(start.length === 10 || start.endsWith('Z') ? start : `${start}Z`);
  return { title, start: { text: start, tzid, ms }, endsMs: null };
}
