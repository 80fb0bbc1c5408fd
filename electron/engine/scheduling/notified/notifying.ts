import type { MessageKinds } from '../../../../shared/model/scheduling.ts';
import type { CalendarUser, ResourceSummary } from '../../icalendar/types.ts';
import type { Delivers } from '../types.ts';

export type Change = 'create' | 'update' | 'delete';
export type MessageKind = keyof MessageKinds;

/** A write as far as telling goes. */
export interface Telling {
  readonly change: Change;
  /** What will be stored; null for a delete. */
  readonly after: ResourceSummary | null;
  /** What is stored now; null for a create. */
  readonly before: ResourceSummary | null;
  /** Keys of the addresses by which the owner takes part. */
  readonly own: ReadonlySet<string>;
  readonly delivers: Delivers | undefined;
}

/** Whether the server itself tells somebody. */
export function byServer(user: CalendarUser, delivers: Delivers | undefined): boolean {
  const agent = user.scheduleAgent?.toUpperCase() ?? 'SERVER';
  if (agent === 'SERVER') return true;
  return delivers?.agents !== undefined && !delivers.agents.includes(agent);
}
