import type { MessageKinds } from '../../../../shared/model/scheduling.ts';
import type { CalendarUser, ResourceSummary } from '../../icalendar/types.ts';
import type { Change, Delivers } from '../types.ts';

export type MessageKind = keyof MessageKinds;
/** Who hears of a write (keys of addresses): every message that a person gets, in the order in which they are sent. */
export type MessagesByPerson = ReadonlyMap<string, readonly MessageKind[]>;

/** A write as far as scheduling goes. */
export interface ScheduledWrite {
  readonly change: Change;
  /** What will be stored; null for a delete. */
  readonly after: ResourceSummary | null;
  /** What is stored now; null for a create. */
  readonly before: ResourceSummary | null;
  /** Keys of the addresses by which the owner takes part, and, on a share that counts both, the one who writes. */
  readonly own: ReadonlySet<string>;
  /** Keys of the addresses that nothing is sent to, as those of the one who acts here. */
  readonly notSentTo: ReadonlySet<string>;
  readonly delivers: Delivers | undefined;
}

/** Whether the server itself tells somebody. */
export function byServer(user: CalendarUser, delivers: Delivers | undefined): boolean {
  const agent = user.scheduleAgent?.toUpperCase() ?? 'SERVER';
  if (agent === 'SERVER') return true;
  return delivers?.agents !== undefined && !delivers.agents.includes(agent);
}
