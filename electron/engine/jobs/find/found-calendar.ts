import type { FoundEvent, ReadableRange } from '../../../../shared/model/found/find.ts';
import type { DayRange, Occurrences } from '../../../../shared/model/found/occurrences.ts';
import { timedOf, type Timed } from '../../icalendar/recurrence/occurrences.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import { showIn, type Shown } from '../../plan/occurrences.ts';
import { runYielding } from '../../yielding.ts';
import type { EventHistory } from './event-history.ts';
import type { KeptTexts } from './texts.ts';

interface Found {
  readonly event: FoundEvent;
  readonly trail: EventHistory;
}

/** The events that were found, on their days: before, as older backups have them, and after, as the newest one does. */
export class FoundCalendar {
  readonly #found: readonly Found[];
  readonly #texts: KeptTexts;
  /** Read when somebody looks, and once: there are a thousand of them at most. */
  #shown: Promise<readonly Shown[]> | null = null;

  constructor(found: readonly Found[], texts: KeptTexts) {
    this.#found = found;
    this.#texts = texts;
  }

  async show(range: DayRange): Promise<Occurrences> {
    this.#shown ??= this.#read();
    const shown = await this.#shown;
    const undated = this.#found.length - new Set(shown.map(({ row }) => row)).size;
    return { ...(await runYielding(showIn(range, shown))), undated };
  }

  async #read(): Promise<readonly Shown[]> {
    const all: Shown[] = [];
    for (const one of this.#found) all.push(...(await this.#shownOf(one)));
    return all;
  }

  async #shownOf({ event, trail }: Found): Promise<readonly Shown[]> {
    const versions = event.ranges.filter((range): range is ReadableRange => range.kind === 'version');
    const [newest, older] = versions;
    const last = newest === undefined ? null : await this.#timed(trail, newest);
    if (last === null) return [];
    const base = { row: event.id, ticked: null } as const;
    switch (event.state) {
      case 'lost':
        return [{ ...base, state: 'removed', on: 'before', timed: last }];
      case 'unreadable':
        return [{ ...base, state: 'conflict', on: 'both', timed: last }];
      case 'same':
        return [{ ...base, state: 'kept', on: 'both', timed: last }];
      case 'changed': {
        const before = older === undefined ? null : await this.#timed(trail, older);
        const now: Shown = { ...base, state: 'changed', on: before === null ? 'both' : 'after', timed: last };
        return before === null ? [now] : [{ ...base, state: 'replaced', on: 'before', timed: before }, now];
      }
    }
  }

  /** Null where it has no date. */
  async #timed(trail: EventHistory, range: ReadableRange): Promise<Timed | null> {
    const slot = trail.slot(range.backups[0] ?? -1);
    const [summary] = slot === undefined ? [] : summarise(await this.#texts.read(slot));
    return summary === undefined || summary.start === null ? null : timedOf(summary);
  }
}
