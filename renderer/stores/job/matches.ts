import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { ClusterBy } from '../../../shared/ipc/cleanup-routes.ts';
import type { EventCard } from '../../../shared/model/event-card.ts';
import type { Match } from '../../../shared/model/cleanup.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';

const WINDOW = 200;

interface MatchesState {
  readonly searchId: string | null;
  readonly by: ClusterBy;
  readonly key: string | null;
  readonly rows: ReadonlyMap<number, readonly Match[]>;
  readonly of: number;
  /** The event that is on show, and what it says once it is read. */
  readonly shown: number | null;
  readonly text: { readonly card: EventCard | null; readonly text: string } | null;
  readonly failure: Failure | null;
  readonly open: (searchId: string, by: ClusterBy, key: string | null) => void;
  readonly need: (from: number, to: number) => void;
  readonly refresh: () => Promise<void>;
  readonly show: (id: number | null) => Promise<void>;
}

/** The events of one cluster, fetched in windows as they come into sight, and the plain text of one of them. */
export const useMatches = create<MatchesState>()((set, get) => {
  let generation = 0;
  const fetching = new Set<number>();
  const load = async (number: number): Promise<void> => {
    const { searchId, by, key } = get();
    if (searchId === null || fetching.has(number)) return;
    const mine = generation;
    fetching.add(number);
    try {
      const page = await call('cleanup.matches', { searchId, by, key, offset: number * WINDOW, limit: WINDOW });
      if (mine === generation) set({ rows: new Map(get().rows).set(number, page.rows), of: page.of });
    } catch (thrown) {
      if (mine === generation) set({ failure: toFailure(thrown) });
    } finally {
      if (mine === generation) fetching.delete(number);
    }
  };
  return {
    searchId: null,
    by: 'organizer',
    key: null,
    rows: new Map(),
    of: 0,
    shown: null,
    text: null,
    failure: null,
    open(searchId, by, key) {
      generation += 1;
      fetching.clear();
      set({ searchId, by, key, rows: new Map(), of: 0, shown: null, text: null, failure: null });
      void load(0);
    },
    need(from, to) {
      const last = Math.floor(to / WINDOW);
      for (let number = Math.floor(from / WINDOW); number <= last; number += 1) {
        if (!get().rows.has(number)) void load(number);
      }
    },
    /** The rows stay in sight until the new ones are here. */
    async refresh() {
      const numbers = [...get().rows.keys()];
      await Promise.all(numbers.map(load));
    },
    async show(id) {
      const { searchId } = get();
      set({ shown: id, text: null });
      if (id === null || searchId === null) return;
      try {
        const text = await call('cleanup.preview', { searchId, id });
        if (get().shown === id) set({ text });
      } catch (thrown) {
        if (get().shown === id) set({ failure: toFailure(thrown) });
      }
    },
  };
});

export function matchAt(rows: ReadonlyMap<number, readonly Match[]>, index: number): Match | undefined {
  return rows.get(Math.floor(index / WINDOW))?.[index % WINDOW];
}
