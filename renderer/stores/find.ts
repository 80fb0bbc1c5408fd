import { create } from 'zustand';
import { call, dropInto } from '../bridge/client.ts';
import type { BackupList } from '../../shared/ipc/find-routes.ts';
import type { PushData } from '../../shared/ipc/contract.ts';
import { NO_OCCURRENCES, type DayRange, type Occurrences } from '../../shared/model/found/occurrences.ts';
import type { Failure } from '../../shared/model/failure.ts';
import type { FindResult, VersionDetail } from '../../shared/model/found/find.ts';
import { useSource } from './job/source.ts';
import { tryingFor } from './trying.ts';

type FindProgress = PushData<'find.progress'>;

interface FindState {
  /** The view is shown instead of Choose. */
  readonly open: boolean;
  readonly list: BackupList | null;
  readonly adding: boolean;
  readonly words: string;
  readonly searching: boolean;
  readonly progress: FindProgress | null;
  readonly searchId: string | null;
  readonly result: FindResult | null;
  /** The words that `result` answers. */
  readonly answered: string;
  /** The event whose versions are shown. */
  readonly event: number | null;
  /** Its versions; null while they are read. */
  readonly versions: readonly VersionDetail[] | null;
  /** The stretch that is being made the source of a restore. */
  readonly taking: number | null;
  readonly failure: Failure | null;
  readonly show: (open: boolean) => void;
  readonly choose: (what: 'files' | 'folder') => Promise<void>;
  readonly drop: (files: readonly File[]) => Promise<void>;
  readonly takeSample: () => Promise<void>;
  readonly remove: (backup: number) => Promise<void>;
  readonly setWords: (words: string) => void;
  readonly search: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly openEvent: (event: number | null) => Promise<void>;
  /** Makes one version the source of the restore, and goes back to Choose. */
  readonly restore: (range: number) => Promise<void>;
}

const NOTHING_FOUND = { searchId: null, result: null, answered: '', event: null, versions: null } as const;

/** Looking for an event in several backups. */
export const useFind = create<FindState>()((set, get) => {
  const guard = tryingFor(set);
  const add = (work: (findId: string | null) => Promise<BackupList | null>): Promise<void> =>
    guard(async () => {
      if (get().adding || get().searching) return;
      set({ adding: true });
      try {
        const list = await work(get().list?.findId ?? null);
        // Null: the dialog was closed without a choice.
        if (list !== null) set({ list: list.backups.length === 0 ? null : list, ...NOTHING_FOUND });
      } finally {
        set({ adding: false });
      }
    });
  return {
    open: false,
    list: null,
    adding: false,
    words: '',
    searching: false,
    progress: null,
    ...NOTHING_FOUND,
    taking: null,
    failure: null,
    show(open) {
      set({ open, failure: null });
    },
    choose: (what) => add((findId) => call('find.choose', { findId, what })),
    drop: (files) => add((findId) => dropInto('find.drop', { findId, paths: [] }, files)),
    takeSample: () => add(() => call('find.sample', {})),
    remove: (backup) =>
      add((findId) => (findId === null ? Promise.resolve(null) : call('find.remove', { findId, backup }))),
    setWords(words) {
      set({ words });
    },
    search: () =>
      guard(async () => {
        const { list, words, searching } = get();
        if (list === null || words.trim() === '' || searching) return;
        set({ searching: true, progress: null, ...NOTHING_FOUND });
        try {
          const spec = { words, rules: [], any: false };
          const found = await call('find.search', { findId: list.findId, spec });
          if (found === null) return;
          set({ searchId: found.searchId, result: found.result, answered: words.trim() });
          const [first] = found.result.events;
          if (first !== undefined) await get().openEvent(first.id);
        } finally {
          set({ searching: false, progress: null });
        }
      }),
    stop: () =>
      guard(async () => {
        await call('find.stop', {});
      }),
    openEvent: (event) =>
      guard(async () => {
        const { searchId } = get();
        set({ event, versions: null });
        if (event === null || searchId === null) return;
        const versions = await call('find.versions', { searchId, event });
        if (get().event === event && get().searchId === searchId) set({ versions });
      }),
    restore: (range) =>
      guard(async () => {
        const { searchId, event, result, taking } = get();
        const version = result?.events.find(({ id }) => id === event)?.ranges[range];
        if (searchId === null || event === null || version?.kind !== 'version' || taking !== null) return;
        set({ taking: range });
        try {
          const { source, only } = await call('find.restore', { searchId, event, range });
          const asOf = result?.backups[version.backups[0] ?? -1]?.at ?? null;
          useSource.getState().takeOne(source, {
            title: version.title,
            start: version.start,
            startsAt: version.startsAt,
            asOf,
            only,
          });
          set({ open: false });
        } finally {
          set({ taking: null });
        }
      }),
  };
});

export function showFindProgress(progress: FindProgress): void {
  if (useFind.getState().searching) useFind.setState({ progress });
}

/** The calendar of what a search found. */
export function foundCalendar(searchId: string | null): (range: DayRange) => Promise<Occurrences> {
  return (range) =>
    searchId === null ? Promise.resolve(NO_OCCURRENCES) : call('find.occurrences', { searchId, range });
}
