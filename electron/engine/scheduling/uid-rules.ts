import type { ServerEvidence } from '../caldav/types.ts';
import { recognise } from './recognise.ts';
import { isWithin } from './versions.ts';

/** Whether the server is known to take a UID once in all calendars of a user together. */
export function takesUidOncePerUser(server: ServerEvidence): boolean {
  return recognise(server)?.profile.uidOncePerUser !== undefined;
}

/**
 * What the server does with a new object of a UID that lies in its trash bin. An unknown version, or one that nobody has
 * looked at, is unknown.
 *
 * @param told the version as it was told elsewhere; counts where the answers of the calendar do not tell it
 */
export function trashRule(server: ServerEvidence, notified: string | null): 'drops' | 'refuses' | 'unknown' {
  const known = recognise(server);
  const rules = known?.profile.trash;
  const version = known?.version ?? notified;
  if (rules === undefined) return 'unknown';
  if (isWithin(version, rules.refuses)) return 'refuses';
  return isWithin(version, rules.drops) ? 'drops' : 'unknown';
}
