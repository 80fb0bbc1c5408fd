import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { ClusterBy, PlaceSet } from '../../../shared/ipc/cleanup-routes.ts';
import type { PushData, RouteInput } from '../../../shared/ipc/contract.ts';
import type { RuleSet, SearchResult } from '../../../shared/model/batch/cleanup.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import type { ServerLogin } from '../../../shared/model/batch/mapping-view.ts';
import { tryingFor } from '../trying.ts';

interface CleanupState {
  readonly way: ServerLogin;
  /** Users, one a line, as typed; empty: the one who logs in. */
  readonly users: string;
  readonly places: PlaceSet | null;
  readonly chosen: ReadonlySet<number>;
  readonly opening: boolean;
  readonly rules: readonly string[];
  readonly any: boolean;
  readonly sets: readonly RuleSet[];
  /** What is wrong with each rule; null where nothing is. */
  readonly wrong: readonly (string | null)[];
  readonly progress: PushData<'cleanup.progress'> | null;
  readonly searching: boolean;
  readonly paused: boolean;
  readonly searchId: string | null;
  readonly result: SearchResult | null;
  readonly by: ClusterBy;
  /** The cluster that is open; null: all of them are listed. */
  readonly key: string | null;
  readonly includeOwn: boolean;
  readonly failure: Failure | null;
  readonly setWay: (part: Partial<ServerLogin>) => void;
  readonly setUsers: (users: string) => void;
  readonly findPlaces: () => Promise<void>;
  /** The calendars of everybody in a mapping, on its new server. */
  readonly takeMapping: (mappingId: string, way: ServerLogin) => Promise<void>;
  readonly choosePlaces: (ids: readonly number[], chosen: boolean) => void;
  readonly setRules: (rules: readonly string[]) => void;
  readonly setAny: (any: boolean) => void;
  readonly loadSets: () => Promise<void>;
  /** In the place of the rules that are there, or beside them. */
  readonly takeSet: (set: RuleSet, how: 'instead' | 'beside') => void;
  readonly saveSet: (name: string) => Promise<void>;
  readonly removeSet: (id: string) => Promise<void>;
  readonly search: () => Promise<boolean>;
  readonly pause: (paused: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly setBy: (by: ClusterBy) => void;
  readonly openCluster: (key: string | null) => void;
  readonly keepClusters: (keys: readonly string[], keep: boolean) => Promise<void>;
  readonly keepMatches: (ids: readonly number[], keep: boolean) => Promise<void>;
  readonly setIncludeOwn: (includeOwn: boolean) => void;
}

/** Where a clean-up looks, by which rules, and what it found. */
export const useCleanup = create<CleanupState>()((set, get) => {
  const guard = tryingFor(set);
  const open = (work: () => Promise<PlaceSet>): Promise<void> =>
    guard(async () => {
      set({ opening: true, places: null, chosen: new Set(), result: null, searchId: null });
      try {
        const places = await work();
        set({ places, chosen: new Set(places.places.map(({ id }) => id)) });
      } finally {
        set({ opening: false });
      }
    });
  const keep = (which: RouteInput<'cleanup.keep'>['which'], kept: boolean): Promise<void> =>
    guard(async () => {
      const { searchId } = get();
      if (searchId !== null) set({ result: await call('cleanup.keep', { searchId, which, keep: kept }) });
    });
  return {
    way: { serverId: 'practice', way: 'own', template: '{user}%{admin}' },
    users: '',
    places: null,
    chosen: new Set(),
    opening: false,
    rules: [],
    any: false,
    sets: [],
    wrong: [],
    progress: null,
    searching: false,
    paused: false,
    searchId: null,
    result: null,
    by: 'organizer',
    key: null,
    includeOwn: false,
    failure: null,
    setWay(part) {
      set({ way: { ...get().way, ...part }, places: null, chosen: new Set(), result: null, searchId: null });
    },
    setUsers(users) {
      set({ users, places: null, chosen: new Set(), result: null, searchId: null });
    },
    findPlaces: () => open(() => call('cleanup.places', { way: get().way, users: userList(get().users) })),
    takeMapping(mappingId, way) {
      // Users that were typed stay typed: they are looked for when they are asked for.
      set({ way });
      return open(() => call('cleanup.places_of', { mappingId }));
    },
    choosePlaces(ids, on) {
      const chosen = new Set(get().chosen);
      for (const id of ids) {
        if (on) chosen.add(id);
        else chosen.delete(id);
      }
      set({ chosen });
    },
    setRules(rules) {
      set({ rules });
      void guard(async () => {
        const wrong = await call('rules.check', { rules: [...rules] });
        if (get().rules === rules) set({ wrong });
      });
    },
    setAny(any) {
      set({ any });
    },
    loadSets: () =>
      guard(async () => {
        set({ sets: await call('rules.list', {}) });
      }),
    takeSet({ rules, any }, how) {
      const before = get().rules;
      if (how === 'instead') set({ any });
      get().setRules(how === 'instead' ? rules : [...new Set([...before, ...rules])]);
    },
    saveSet: (name) =>
      guard(async () => {
        const { rules, any, sets } = get();
        const id = sets.find((one) => one.name === name && !one.preset)?.id ?? null;
        set({ sets: await call('rules.save', { id, name, rules: [...rules], any }) });
      }),
    removeSet: (id) =>
      guard(async () => {
        set({ sets: await call('rules.remove', { id }) });
      }),
    async search() {
      const { places, chosen, rules, any } = get();
      if (places === null) return false;
      set({ searching: true, paused: false, progress: null, result: null, searchId: null, key: null });
      await guard(async () => {
        const found = await call('cleanup.search', {
          placesId: places.placesId,
          places: [...chosen],
          rules: [...rules],
          any,
        });
        set({ searchId: found.searchId, result: found.result, includeOwn: false, by: 'organizer' });
      });
      set({ searching: false, paused: false, progress: null });
      return get().searchId !== null;
    },
    pause: (paused) =>
      guard(async () => {
        await call('cleanup.pause', { paused });
        set({ paused });
      }),
    stop: () =>
      guard(async () => {
        await call('cleanup.stop', {});
      }),
    setBy(by) {
      set({ by, key: null });
    },
    openCluster(key) {
      set({ key });
    },
    keepClusters: (keys, kept) => keep({ by: get().by, keys: [...keys] }, kept),
    keepMatches: (ids, kept) => keep([...ids], kept),
    setIncludeOwn(includeOwn) {
      set({ includeOwn });
    },
  };
});

/** Whether rules would be lost by putting others in their place: they are kept under no name. */
export function areUnsaved({ rules, sets }: Pick<CleanupState, 'rules' | 'sets'>): boolean {
  const same = (set: RuleSet): boolean =>
    set.rules.length === rules.length && set.rules.every((rule, at) => rule === rules[at]);
  return rules.length > 0 && !sets.some(same);
}

/** One user a line, or with commas between. */
export function userList(text: string): string[] {
  return [...new Set(text.split(/[\n,;]/).map((user) => user.trim()))].filter((user) => user !== '');
}

export function showSearch(progress: PushData<'cleanup.progress'>): void {
  if (useCleanup.getState().searching) useCleanup.setState({ progress });
}

/** Events that are going to be removed: found, and not kept by a person. */
export function countChosen(result: SearchResult, by: ClusterBy): number {
  return result.clusters
    .filter((cluster) => cluster.by === by)
    .reduce((sum, cluster) => sum + cluster.matches - cluster.kept, 0);
}
