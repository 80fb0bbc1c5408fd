import type { DayRange, Occurrences } from '../../../../shared/model/found/occurrences.ts';
import { isWithin, spanOf, timedOf, type Timed } from '../../icalendar/recurrence/occurrences.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import { showIn, type Shown } from '../../plan/occurrences.ts';
import { runYielding } from '../../yielding.ts';
import type { KeptTexts } from '../find/texts.ts';
import type { Listing } from '../target/target.ts';
import type { Missed } from './entries.ts';

const DAY = 86_400_000;

/**
 * What went missing, on its days: before, as the backups have it, and after, as the calendar is now. Rows are entries; what
 * is in the calendar and not missing has none.
 */
export class MissingCalendar {
  readonly #missed: readonly Missed[];
  readonly #texts: KeptTexts;
  /** By UID: as the calendar has it now. */
  readonly #now: ReadonlyMap<string, Timed>;
  /** Read when somebody looks, and once. */
  #shown: Promise<readonly Shown[]> | null = null;

  constructor(missed: readonly Missed[], texts: KeptTexts, { byUid }: Pick<Listing, 'byUid'>) {
    this.#missed = missed;
    this.#texts = texts;
    this.#now = new Map([...byUid].map(([uid, { summary }]) => [uid, timedOf(summary)]));
  }

  async show(range: DayRange): Promise<Occurrences> {
    this.#shown ??= this.#read();
    const shown = await this.#shown;
    const undated = this.#missed.length - new Set(shown.map(({ row }) => row)).size;
    return { ...(await runYielding(showIn(range, this.#within(shown, range)))), undated };
  }

  async #read(): Promise<readonly Shown[]> {
    const all: Shown[] = [];
    for (const { entry, text } of this.#missed) {
      const [summary] = summarise(await this.#texts.read(text));
      if (summary === undefined || summary.start === null) continue;
      const base = { row: entry.id, ticked: null, timed: timedOf(summary) } as const;
      if (entry.state === 'unreadable') all.push({ ...base, state: 'conflict', on: 'both' });
      else if (entry.state !== 'changed') all.push({ ...base, state: 'removed', on: 'before' });
      else {
        const now = this.#now.get(entry.uid);
        all.push({ ...base, state: 'replaced', on: 'before' });
        if (now !== undefined) all.push({ ...base, timed: now, state: 'changed', on: 'after' });
      }
    }
    return all;
  }

  /** Null in between, so that others get their turn. */
  *#within(shown: readonly Shown[], { from, to }: DayRange): Generator<Shown | null> {
    const named = new Set(this.#missed.map(({ entry }) => entry.uid));
    const touches = (timed: Timed): boolean => {
      const span = spanOf(timed);
      return span !== null && isWithin(span, Date.parse(from), Date.parse(to) + DAY);
    };
    for (const one of shown) yield touches(one.timed) ? one : null;
    for (const [uid, timed] of this.#now) {
      const isOther = !named.has(uid) && touches(timed);
      yield isOther ? { row: null, ticked: null, state: 'other', on: 'both', timed } : null;
    }
  }
}
