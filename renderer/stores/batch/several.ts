import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { RouteInput } from '../../../shared/ipc/contract.ts';
import type { SeveralPlace } from '../../../shared/ipc/several-routes.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { ConflictPolicy } from '../../../shared/model/plan.ts';
import type { RewriteKey } from '../../../shared/model/rewrites.ts';
import type { StandardMode } from '../../../shared/model/scheduling.ts';
import type { AccountInfo } from '../../../shared/model/server.ts';
import { calendarName } from '../../../shared/text/display-names.ts';
import { newCalendarIn } from '../job/draft.ts';
import { useSource } from '../job/source.ts';
import { useRestoreBatch } from './batch.ts';
import { goTo } from './navigation.ts';

/** What is chosen in the place of an address: a new calendar, or none. No address begins with a space. */
export const MAKE_NEW = ' new';
export const LEAVE_OUT = ' leave';

export type PlacesOf = RouteInput<'several.places'>;

interface Decisions {
  readonly mode: StandardMode;
  readonly onConflict: ConflictPolicy;
  readonly rewrites: readonly RewriteKey[];
}

interface SeveralState extends Decisions {
  /** The source of which all calendars go back; null: none, one calendar is restored. */
  readonly allOf: string | null;
  /** Null while they are looked for, or could not be found. */
  readonly placesId: string | null;
  readonly places: readonly SeveralPlace[];
  /** For each place the address of a calendar, `MAKE_NEW` or `LEAVE_OUT`. */
  readonly chosen: readonly string[];
  readonly loading: boolean;
  readonly failure: Failure | null;
  readonly wantAll: (sourceId: string | null) => void;
  readonly load: (of: PlacesOf) => Promise<void>;
  readonly choose: (place: number, where: string) => void;
  readonly change: (part: Partial<Decisions>) => void;
}

/** How every job begins. */
const QUIET: Decisions = { mode: 'none', onConflict: 'newer', rewrites: [] };
const NO_PLACES = { placesId: null, places: [], chosen: [], failure: null } as const;

/** Where it came from; a calendar that was empty has nothing to bring back. */
export function preselected({ entries, placedBy, calendarUrl }: SeveralPlace): string {
  if (entries === 0) return LEAVE_OUT;
  return placedBy === 'new' ? MAKE_NEW : calendarUrl;
}

/** A restore of all calendars of a backup, each to where it was, as far as a person has decided it. */
export const useSeveral = create<SeveralState>()((set, get) => {
  /** Only the newest look counts. */
  let newest = 0;
  return {
    allOf: null,
    ...NO_PLACES,
    ...QUIET,
    loading: false,
    wantAll(allOf) {
      newest += 1;
      set({ allOf, ...NO_PLACES, ...QUIET, loading: false });
    },
    async load(of) {
      const mine = (newest += 1);
      set({ ...NO_PLACES, loading: true });
      try {
        const { placesId, places } = await call('several.places', of);
        if (mine !== newest) return;
        const chosen = places.map(preselected);
        set({ placesId, places, chosen, loading: false });
      } catch (thrown) {
        if (mine === newest) set({ failure: toFailure(thrown), loading: false });
      }
    },
    choose(place, where) {
      set({ chosen: get().chosen.map((before, at) => (at === place ? where : before)) });
    },
    change(part) {
      set(part);
    },
  };
});

/** Whether all calendars of the chosen backup go back, each to where it was. */
export function useWantsAll(): boolean {
  const sourceId = useSource(({ source, pick }) => (pick === null ? (source?.sourceId ?? null) : null));
  return useSeveral(({ allOf }) => allOf !== null && allOf === sourceId);
}

/** Calendars that are not left out. */
export function countTaken(chosen: readonly string[]): number {
  return chosen.filter((where) => where !== LEAVE_OUT).length;
}

type Member = RouteInput<'several.plan'>['members'][number];

/** Which calendar goes where; `account` names the calendars of the server. */
export function membersOf(
  { places, chosen }: Pick<SeveralState, 'places' | 'chosen'>,
  account: Pick<AccountInfo, 'home' | 'calendars'>,
): readonly Member[] {
  return places.flatMap((found, place): readonly Member[] => {
    const where = chosen[place] ?? LEAVE_OUT;
    if (where === LEAVE_OUT) return [];
    if (where === MAKE_NEW) {
      const { name, placedBy, calendarUrl } = found;
      const url = placedBy === 'new' ? calendarUrl : newCalendarIn(account.home, null, name, null).url;
      return [{ place, calendarUrl: url, calendarName: name, makes: true }];
    }
    const there = account.calendars.find(({ url }) => url === where);
    return [
      {
        place,
        calendarUrl: where,
        calendarName: there === undefined ? found.calendarName : calendarName(there.name, there.url),
        makes: false,
      },
    ];
  });
}

/** Plans the restore of what is chosen and shows it in Review. */
export async function planSeveral(account: Pick<AccountInfo, 'home' | 'calendars'>): Promise<void> {
  const { placesId, places, chosen, mode, onConflict, rewrites } = useSeveral.getState();
  if (placesId === null) return;
  goTo('restore', 'review');
  const input = {
    placesId,
    members: membersOf({ places, chosen }, account),
    mode,
    onConflict,
    rewrites: Object.fromEntries(rewrites.map((key) => [key, true])),
  };
  await useRestoreBatch.getState().make('restore', null, () => call('several.plan', input));
}
