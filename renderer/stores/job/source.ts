import { create } from 'zustand';
import { call, dropFiles } from '../../bridge/client.ts';
import type { RouteInput, SourceSet } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import { planRequest, useDraft } from './draft.ts';

/** The one event of a backup that is to be restored. */
export interface Pick {
  readonly title: string;
  /** When it takes place, as written. */
  readonly start: string | null;
  /** The instant of it, where its zone is known. */
  readonly startsAt?: number | undefined;
  /** The day or moment of the backup; null when it is not known. */
  readonly asOf: string | null;
  /** Rules that let nothing else through. */
  readonly only: readonly string[];
}

interface SourceState {
  readonly source: SourceSet | null;
  /** Null: the whole backup. */
  readonly pick: Pick | null;
  readonly reading: boolean;
  readonly failure: Failure | null;
  readonly choose: (what: 'files' | 'folder') => Promise<void>;
  readonly drop: (files: readonly File[]) => Promise<void>;
  readonly takeSample: () => Promise<void>;
  /** A backup of the list of those that were opened last. */
  readonly openRecent: (id: string) => Promise<void>;
  /** What was opened from the desktop. */
  readonly takeOpened: () => Promise<void>;
  /** One version of one event, which replaces what the server has: that is what was asked for. */
  readonly takeOne: (source: SourceSet, pick: Pick) => void;
  /** What went missing; with `replaces` also in the place of what the calendar has of it. */
  readonly takeMissing: (source: SourceSet, replaces: boolean) => void;
  readonly takeAll: () => void;
  readonly clear: () => void;
}

/** The chosen backup and what stands in it. */
export const useSource = create<SourceState>()((set, get) => {
  const read = async (work: () => Promise<SourceSet | null>): Promise<void> => {
    if (get().reading) return;
    set({ reading: true, failure: null });
    try {
      const found = await work();
      // Null: the dialog was closed without a choice; what was chosen before stays.
      if (found !== null) {
        get().takeAll();
        useDraft.getState().tellNobody();
      }
      set(found === null ? { reading: false } : { source: found, reading: false });
    } catch (thrown) {
      set({ failure: toFailure(thrown), reading: false });
    }
  };
  return {
    source: null,
    pick: null,
    reading: false,
    failure: null,
    choose: (what) => read(() => call('source.choose', { what })),
    drop: (files) => read(() => dropFiles(files)),
    takeSample: () => read(() => call('source.sample', {})),
    openRecent: (id) => read(() => call('recent.open', { id })),
    takeOpened: () => read(() => call('source.opened', {})),
    takeOne(source, pick) {
      set({ source, pick, failure: null });
      useDraft.getState().change({ onConflict: 'replace', since: null });
      useDraft.getState().tellNobody();
    },
    takeMissing(source, replaces) {
      set({ source, pick: null, failure: null });
      useDraft.getState().change({ onConflict: replaces ? 'replace' : 'newer', since: null });
      useDraft.getState().tellNobody();
    },
    takeAll() {
      if (get().pick === null) return;
      set({ pick: null });
      useDraft.getState().change({ onConflict: 'newer' });
    },
    clear() {
      get().takeAll();
      set({ source: null, failure: null });
    },
  };
});

/** The request for a plan of what is chosen now, or null while something is missing. */
export function currentRequest(): RouteInput<'restore.plan'> | null {
  const { source, pick } = useSource.getState();
  return planRequest(useDraft.getState(), source?.sourceId ?? null, pick?.only ?? []);
}
