import { useMemo } from 'react';
import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PushData } from '../../../shared/ipc/contract.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import type { MissingEntry, MissingResult } from '../../../shared/model/found/missing.ts';
import {
  NO_OCCURRENCES,
  type DayRange,
  type Occurrence,
  type Occurrences,
} from '../../../shared/model/found/occurrences.ts';
import { useFind } from '../find.ts';
import { tryingFor } from '../trying.ts';
import { useDraft } from './draft.ts';
import { useFlow } from './flow.ts';
import { useSource } from './source.ts';

type MissingProgress = PushData<'missing.progress'>;

/** What was compared: a result stands for nothing else. */
interface Compared {
  readonly missingId: string;
  readonly findId: string;
  readonly serverId: string;
  readonly calendarUrl: string;
  readonly result: MissingResult;
}

interface MissingState {
  /** The view is shown instead of Choose. */
  readonly open: boolean;
  readonly comparing: boolean;
  readonly progress: MissingProgress | null;
  readonly compared: Compared | null;
  readonly ticked: ReadonlySet<number>;
  /** What was moved or changed is listed, too. */
  readonly all: boolean;
  readonly taking: boolean;
  readonly failure: Failure | null;
  readonly show: (open: boolean) => void;
  readonly compare: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Back to the choice of backups and calendar. */
  readonly chooseAgain: () => void;
  readonly tick: (entries: readonly number[], on: boolean) => void;
  readonly showAll: (all: boolean) => void;
  /** Makes what is ticked the source of the restore, and goes to Decide. */
  readonly restore: () => Promise<void>;
}

const NOTHING: Pick<MissingState, 'compared' | 'ticked' | 'all'> = { compared: null, ticked: new Set(), all: false };

/** What went missing: backups against the calendar that is chosen for the restore. */
export const useMissing = create<MissingState>()((set, get) => {
  const guard = tryingFor(set);
  return {
    open: false,
    comparing: false,
    progress: null,
    ...NOTHING,
    taking: false,
    failure: null,
    show(open) {
      if (open) useFind.getState().show(false);
      set({ open, failure: null });
    },
    compare: () =>
      guard(async () => {
        const { list } = useFind.getState();
        const { serverId, calendarUrl } = useDraft.getState();
        if (list === null || serverId === null || calendarUrl === null || get().comparing) return;
        set({ comparing: true, progress: null, ...NOTHING });
        try {
          const asked = { findId: list.findId, serverId, calendarUrl };
          const found = await call('missing.compare', asked);
          if (found === null) return;
          const { entries } = found.result;
          const gone = entries.filter(({ state }) => state === 'gone');
          set({ compared: { ...found, ...asked }, ticked: new Set(gone.map(({ id }) => id)), all: gone.length === 0 });
        } finally {
          set({ comparing: false, progress: null });
        }
      }),
    stop: () =>
      guard(async () => {
        await call('missing.stop', {});
      }),
    chooseAgain() {
      set(NOTHING);
    },
    tick(entries, on) {
      const ticked = new Set(get().ticked);
      for (const id of entries)
        if (on) ticked.add(id);
        else ticked.delete(id);
      set({ ticked });
    },
    showAll(all) {
      const { compared, ticked } = get();
      // What is not in sight is not restored.
      const seen = shownOf(compared?.result ?? null, all).map(({ id }) => id);
      set({ all, ticked: new Set(seen.filter((id) => ticked.has(id))) });
    },
    restore: () =>
      guard(async () => {
        const { compared, ticked, taking } = get();
        if (compared === null || ticked.size === 0 || taking) return;
        set({ taking: true });
        try {
          const { missingId, result, calendarUrl, serverId } = compared;
          const entries = [...ticked];
          const source = await call('missing.restore', { missingId, entries });
          const changed = result.entries.some(({ id, state }) => state === 'changed' && ticked.has(id));
          if (useDraft.getState().serverId !== serverId) useDraft.getState().chooseServer(serverId);
          useDraft.getState().chooseCalendar(calendarUrl);
          useSource.getState().takeMissing(source, changed);
          // What is restored is not missing any more.
          set({ open: false, ...NOTHING });
          useFlow.getState().go('decide');
        } finally {
          set({ taking: false });
        }
      }),
  };
});

/** Entries that are listed: what is gone, and with `all` what was moved, changed or cannot be read. */
export function shownOf(result: MissingResult | null, all: boolean): readonly MissingEntry[] {
  const entries = result?.entries ?? [];
  return all ? entries : entries.filter(({ state }) => state === 'gone');
}

/** What cannot be read on the server is no new event: a restore of it would be refused. */
export function canRestore({ state }: MissingEntry): boolean {
  return state !== 'unreadable';
}

/** The calendar around what went missing, with the list's ticks: another function as soon as these are others. */
export function useMissingCalendar(): (range: DayRange) => Promise<Occurrences> {
  const { compared, ticked, all } = useMissing();
  const answered = useMemo(() => onceFor(compared?.missingId ?? null), [compared]);
  return useMemo(() => {
    const shown = new Map(shownOf(compared?.result ?? null, all).map((entry) => [entry.id, entry]));
    return async (range) => {
      const answer = await answered(range);
      return { ...answer, occurrences: answer.occurrences.flatMap((one) => asListed(one, shown, ticked)) };
    };
  }, [answered, compared, ticked, all]);
}

/** Asks the engine once for the same days: a tick changes nothing of what it answers. */
function onceFor(missingId: string | null): (range: DayRange) => Promise<Occurrences> {
  let last: { readonly from: string; readonly to: string; readonly answer: Promise<Occurrences> } | null = null;
  return (range) => {
    if (missingId === null) return Promise.resolve(NO_OCCURRENCES);
    if (last?.from !== range.from || last.to !== range.to) {
      last = { ...range, answer: call('missing.occurrences', { missingId, range }) };
    }
    return last.answer;
  };
}

/** With the tick of its entry. Of an entry that is not listed what the calendar holds is a part of it like any other. */
export function asListed(
  one: Occurrence,
  shown: ReadonlyMap<number, MissingEntry>,
  ticked: ReadonlySet<number>,
): readonly Occurrence[] {
  if (one.row === null) return [one];
  const entry = shown.get(one.row);
  if (entry !== undefined) return [{ ...one, ticked: canRestore(entry) ? ticked.has(one.row) : null }];
  return one.on === 'before' ? [] : [{ ...one, row: null, state: 'other' }];
}

export function showMissingProgress(progress: MissingProgress): void {
  if (useMissing.getState().comparing) useMissing.setState({ progress });
}
