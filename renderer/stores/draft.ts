import { create } from 'zustand';
import type { RouteInput } from '../../shared/ipc/contract.ts';
import type { ConflictPolicy } from '../../shared/model/plan.ts';
import type { IdentityChoice, SchedulingMode } from '../../shared/model/scheduling.ts';

export interface Draft {
  readonly serverId: string | null;
  readonly calendarUrl: string | null;
  readonly mode: SchedulingMode;
  readonly identity: IdentityChoice;
  readonly onConflict: ConflictPolicy;
}

interface DraftState extends Draft {
  /** Another server: the calendar chosen before is not on it. */
  readonly chooseServer: (serverId: string) => void;
  readonly chooseCalendar: (calendarUrl: string) => void;
  readonly change: (part: Partial<Pick<Draft, 'mode' | 'identity' | 'onConflict'>>) => void;
}

/** What a restore is going to be asked: silent, matching each event, keeping what is newer, unless a person says else. */
export const useDraft = create<DraftState>()((set) => ({
  serverId: null,
  calendarUrl: null,
  mode: 'none',
  identity: { kind: 'match' },
  onConflict: 'newer',
  chooseServer(serverId) {
    set({ serverId, calendarUrl: null, identity: { kind: 'match' } });
  },
  chooseCalendar(calendarUrl) {
    set({ calendarUrl });
  },
  change(part) {
    set(part);
  },
}));

/** The request for a plan, or null while source, server or calendar is missing. */
export function planRequest(draft: Draft, sourceId: string | null): RouteInput<'restore.plan'> | null {
  const { serverId, calendarUrl, mode, identity, onConflict } = draft;
  if (sourceId === null || serverId === null || calendarUrl === null) return null;
  return { sourceId, serverId, calendarUrl, mode, identity, onConflict, only: [] };
}
