import type { ResourceSummary } from '../../icalendar/types.ts';
import { addressKey } from '../addresses.ts';
import { byServer, type MessageKind, type MessagesByPerson, type ScheduledWrite } from './notifying.ts';

/**
 * The cancellations that Nextcloud sends apart from everything else (TipBroker.php, parseEventForOrganizer): one for each
 * instance that is stored as a cancelled one for the first time, to everybody on the list. The organizer who is on it is
 * no exception there, and gets the cancellation of a whole meeting, too: one that is called off, and one that loses all
 * its guests.
 */
export function cancelledApart(
  is: ResourceSummary | null,
  was: ResourceSummary | null,
  { change, before, delivers }: ScheduledWrite,
): MessagesByPerson {
  const listed = (summary: ResourceSummary | null): readonly string[] =>
    (summary?.attendees ?? []).filter((one) => byServer(one, delivers)).map(({ address }) => addressKey(address));
  const organizes = is?.organizer ?? was?.organizer ?? null;
  const organizer = (summary: ResourceSummary | null): MessagesByPerson =>
    new Map(
      listed(summary).flatMap((key) =>
        organizes !== null && key === addressKey(organizes.address) ? [[key, CANCELLATION] as const] : [],
      ),
    );
  if (change === 'delete') return new Map();
  if (is === null || is.attendees.length === 0) return organizer(was);
  const calledOff = isCalledOff(is) && !isCalledOff(was) ? organizer(is) : new Map<string, readonly MessageKind[]>();
  const known = before === null ? null : new Set(instancesOf(before).flatMap((one) => (one.guestless ? [] : [one.id])));
  const fresh = known === null ? [] : instancesOf(is).filter(({ id, cancelled }) => cancelled && !known.has(id));
  if (fresh.length === 0) return calledOff;
  // Both only where the series itself has no guests.
  return new Map(listed(is).map((key) => [key, [...fresh.flatMap(() => CANCELLATION), ...(calledOff.get(key) ?? [])]]));
}

/**
 * Whether a guest who is invited to single instances alone loses one of them: that one's cancellation is sent beside the
 * update (RFC 6638 §3.2.1.2), where a series says it in the update.
 */
export function losesInstances(is: ResourceSummary, was: ResourceSummary, guest: string): boolean {
  const left = invitedAlone(is, guest);
  if (left === null) return false;
  const earlier = invitedAlone(was, guest);
  const kept = new Set(instancesOf(is).flatMap(({ id, cancelled }) => (cancelled || !left.has(id) ? [] : [id])));
  return instancesOf(was).some(({ id, cancelled }) => !cancelled && earlier?.has(id) !== false && !kept.has(id));
}

/** RECURRENCE-IDs of the instances that invite somebody whom the series does not; null where it does. */
function invitedAlone(summary: ResourceSummary, guest: string): ReadonlySet<number> | null {
  const alone = (summary.instances?.guests ?? []).filter(({ address }) => addressKey(address) === guest);
  if (alone.length > 0) return new Set(alone.map(({ id }) => id));
  return summary.hasMaster ? null : new Set(instancesOf(summary).map(({ id }) => id));
}

const CANCELLATION: readonly MessageKind[] = ['cancellation'];

/** The series itself, whatever its changed instances say, or the one event. What has no guests is not looked at there. */
function isCalledOff(summary: ResourceSummary | null): boolean {
  if (summary === null || summary.attendees.length === 0) return false;
  const master = summary.series?.parts.find(({ recurrenceId }) => recurrenceId === null);
  return master?.cancelled ?? (summary.hasMaster && summary.cancelled);
}

interface Instance {
  readonly id: number;
  readonly cancelled: boolean;
  readonly guestless: boolean;
}

function instancesOf({ series }: ResourceSummary): readonly Instance[] {
  return (series?.parts ?? []).flatMap(({ recurrenceId, cancelled, guestless }) =>
    recurrenceId === null ? [] : [{ id: recurrenceId, cancelled, guestless: guestless === true }],
  );
}
