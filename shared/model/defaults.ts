import type { BatchLimits } from './batch/batch.ts';
import type { IdentityChoice } from './scheduling.ts';

/*
 * What holds where nobody says otherwise, and the numbers that decide about safety: for the window, the command line and
 * its help alike.
 */

/** Requests to one server at the same time, at most. */
export const CONNECTIONS = 8;

/** Calendars of a batch at the same time. */
export const MEMBERS = 4;

/** Failed events after which a batch stops. */
export const STOP_AFTER = 50;

export const BATCH_LIMITS: BatchLimits = {
  members: MEMBERS,
  perOrigin: CONNECTIONS,
  stopAfter: STOP_AFTER,
  hours: null,
};

/** As whom is written: the address of the user that each event carries. */
export const IDENTITY: IdentityChoice = { kind: 'match' };

/** Events of a calendar up to which no share of it counts as much. */
export const SMALL_CALENDAR = 20;

/** Share of a calendar that a clean-up may delete, 0 to 1; beyond it a person must say so. */
export const CLEANUP_SHARE = 0.3;

/** The same of what a restore overwrites, and of what a migration deletes. */
export const MASS_SHARE = 0.5;

/** A share as a person writes it: `30%`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
