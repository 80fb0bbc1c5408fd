import { create } from 'zustand';
import type { RouteInput } from '../../../shared/ipc/contract.ts';
import { IDENTITY } from '../../../shared/model/defaults.ts';
import type { ConflictPolicy } from '../../../shared/model/plan.ts';
import type { RewriteKey } from '../../../shared/model/rewrites.ts';
import type { IdentityChoice, SchedulingMode, Workaround } from '../../../shared/model/scheduling.ts';

/** A calendar that the run will make. */
export interface DraftCalendar {
  readonly url: string;
  readonly name: string;
  /** `#rrggbb`; null: as the backup says. */
  readonly color: string | null;
}

interface Draft {
  readonly serverId: string | null;
  /** Whose calendars, where an administrator logs in; null: of the one who logs in. */
  readonly forUser: string | null;
  readonly calendarUrl: string | null;
  readonly mode: SchedulingMode;
  readonly identity: IdentityChoice;
  readonly onConflict: ConflictPolicy;
  /** `YYYY-MM-DD`; null: everything. */
  readonly since: string | null;
  readonly newCalendar: DraftCalendar | null;
  /** More addresses of the calendar's owner, said by the person. */
  readonly aliases: readonly string[];
  /** A way to be quiet that the person chose where no header is known to work. */
  readonly workaround: Workaround | null;
  /** Changes of the events themselves that the person consented to. */
  readonly rewrites: readonly RewriteKey[];
}

type Decision = 'mode' | 'identity' | 'onConflict' | 'since' | 'aliases' | 'workaround' | 'rewrites';

interface DraftState extends Draft {
  /** Another server: the calendar chosen before is not on it. */
  readonly chooseServer: (serverId: string, forUser?: string | null) => void;
  readonly chooseCalendar: (calendarUrl: string) => void;
  /** Describes a new calendar and chooses it. */
  readonly describeCalendar: (newCalendar: DraftCalendar) => void;
  /** The job is over: the calendar exists now, or never will. */
  readonly forgetNewCalendar: () => void;
  /** Another job: whom the one before told says nothing about it. */
  readonly tellNobody: () => void;
  readonly change: (part: Partial<Pick<Draft, Decision>>) => void;
}

/** How every job begins. */
const QUIET = { mode: 'none', workaround: null } as const;

/** What a restore is going to be asked: silent, matching each event, keeping what is newer, unless a person says else. */
export const useDraft = create<DraftState>()((set, get) => ({
  serverId: null,
  forUser: null,
  calendarUrl: null,
  ...QUIET,
  identity: IDENTITY,
  onConflict: 'newer',
  since: null,
  newCalendar: null,
  aliases: [],
  rewrites: [],
  chooseServer(serverId, forUser = null) {
    set({
      serverId,
      forUser,
      calendarUrl: null,
      newCalendar: null,
      identity: IDENTITY,
      aliases: [],
      ...QUIET,
    });
  },
  chooseCalendar(calendarUrl) {
    set({ calendarUrl, workaround: null });
  },
  describeCalendar(newCalendar) {
    set({ newCalendar, calendarUrl: newCalendar.url });
  },
  forgetNewCalendar() {
    const { calendarUrl, newCalendar } = get();
    set({ newCalendar: null, ...(newCalendar?.url === calendarUrl ? { calendarUrl: null } : {}) });
  },
  tellNobody() {
    set(QUIET);
  },
  change(part) {
    set(part);
  },
}));

/** The request for a plan of the events that the rules `only` let through, or null while source, server or calendar is missing. */
export function planRequest(
  draft: Draft,
  sourceId: string | null,
  only: readonly string[],
): RouteInput<'restore.plan'> | null {
  const { serverId, forUser, calendarUrl, mode, identity, onConflict, since, newCalendar } = draft;
  const { aliases, workaround, rewrites } = draft;
  if (sourceId === null || serverId === null || calendarUrl === null) return null;
  const made = newCalendar?.url === calendarUrl ? { name: newCalendar.name, color: newCalendar.color } : null;
  return {
    sourceId,
    serverId,
    ...(forUser === null ? {} : { forUser }),
    calendarUrl,
    mode,
    identity,
    onConflict,
    only: [...only],
    ...(since === null ? {} : { since }),
    ...(made === null ? {} : { makeCalendar: made }),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(workaround === null ? {} : { workaround }),
    ...(rewrites.length === 0 ? {} : { rewrites: Object.fromEntries(rewrites.map((key) => [key, true])) }),
  };
}

/** A new calendar in a calendar home; its address is kept when only its description changes. */
export function newCalendarIn(
  home: string,
  before: DraftCalendar | null,
  name: string,
  color: string | null,
): DraftCalendar {
  const folder = home.endsWith('/') ? home : `${home}/`;
  return { url: before?.url ?? `${folder}${crypto.randomUUID()}/`, name, color };
}
