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
 */
export function trashRule(server: ServerEvidence): 'drops' | 'refuses' | 'purges' | 'unknown' {
  const known = recognise(server);
  const rules = known?.profile.trash;
  const version = known?.version ?? null;
  if (rules === undefined) return 'unknown';
  if (isWithin(version, rules.refuses)) return 'refuses';
  if (isWithin(version, rules.purges ?? [])) return 'purges';
  return isWithin(version, rules.drops) ? 'drops' : 'unknown';
}

/** Whether the server is known to take a deleted object back out of its trash bin without a message to anybody. */
export function givesBackSilently(server: ServerEvidence): boolean {
  const known = recognise(server);
  return isWithin(known?.version ?? null, known?.profile.trash?.restores?.versions ?? []);
}
