import { parameter, properties, property, type Component } from '../ical/reader.ts';
import { mainComponents } from '../store/index-object.ts';
import { normalAddress } from '../store/store.ts';
import type { Recipient } from './deliver.ts';
import { cancelAll, single, type Errand } from './errands.ts';
import { attendeeOf, byInstance, cancelled, organizerOf, type Addresses, type InstanceKey } from './parts.ts';
import { asCancelled, viewFor, withMain } from './view.ts';

/*
 * What the iTIP brokers of the sabre family tell one person on the list of a meeting: that of sabre/vobject
 * (lib/ITip/Broker.php, parseEventForOrganizer), and the two that Nextcloud put in its place (apps/dav/lib/CalDAV/TipBroker.php:
 * 4c968e24, and from 33.0.7 on that of pull request 50843). Every guest gets a message of every write: what is insignificant
 * goes to people here alone. Only SCHEDULE-AGENT=CLIENT keeps a guest from it.
 */

/** One write, and one person on the list before or after it. */
export interface Write {
  readonly to: Recipient;
  readonly old: Component | null;
  readonly fresh: Component | null;
}

/** A message, and the components as which it shows the event. */
interface Draft {
  readonly errand: Errand;
  readonly shown: Iterable<Component>;
}

type Parts = ReadonlyMap<InstanceKey, Component>;

/** By which a broker tells what matters (`significantChangeProperties`). */
const SABRE_SIGNIFICANT = ['DTSTART', 'DTEND', 'DURATION', 'DUE', 'RRULE', 'RDATE', 'EXDATE', 'STATUS'];
const NEXTCLOUD_SIGNIFICANT = [...SABRE_SIGNIFICANT, 'SUMMARY', 'DESCRIPTION', 'LOCATION'];

export const sabreErrands = (write: Write): Errand[] =>
  wholeDrafts(write, SABRE_SIGNIFICANT).map(({ errand }) => errand);

export const nextcloudErrands = (write: Write): Errand[] =>
  wholeDrafts(write, NEXTCLOUD_SIGNIFICANT).map((draft) => throughMailPlugin(draft, write));

export const nextcloudApartErrands = (write: Write): Errand[] =>
  apartDrafts(write).map((draft) => throughMailPlugin(draft, write));

/** One message about the whole to each guest, never to the organizer. */
function wholeDrafts(write: Write, significant: readonly string[]): Draft[] {
  if (isOrganizer(write)) return [];
  const { to, old, fresh } = write;
  const [before, after] = [partsFor(to, old), partsFor(to, fresh)];
  const whole = (calendar: Component): Draft => ({
    errand: cancelAll(to, calendar),
    shown: mainComponents(fresh ?? calendar).slice(0, 1),
  });
  if (fresh === null || after.size === 0) return old === null || before.size === 0 ? [] : [whole(old)];
  if (statusOf(fresh) === 'CANCELLED') return [whole(fresh)];
  const sameParts = before.size === after.size && [...after.keys()].every((key) => before.has(key));
  const forced = [...after.values()].some((one) => isForced(one, to));
  const matters = forced || !sameParts || saying(old, significant) !== saying(fresh, significant);
  const { errand, shown } = request(to, fresh, after);
  return [{ errand: { ...errand, insideOnly: !matters }, shown }];
}

/** Cancellations apart from the rest, and to the organizer who is on the list, too. */
function apartDrafts(write: Write): Draft[] {
  const { to, old, fresh } = write;
  const [before, after] = [partsFor(to, old), partsFor(to, fresh)];
  const organizes = isOrganizer(write);
  const takenOff = old === null || before.size === 0 ? [] : [{ errand: cancelAll(to, old), shown: before.values() }];
  if (fresh === null) return organizes ? [] : takenOff;
  const [was, is] = [withGuests(old), withGuests(fresh)];
  if (is.size === 0) return takenOff;
  if (isCancelled(is.get('')) && !isCancelled(was.get(''))) {
    return after.size === 0 ? [] : [{ errand: cancelAll(to, fresh), shown: is.values() }];
  }
  const newly = old === null ? [] : [...is].filter(([key, one]) => cancelled(one) && !was.has(key));
  const apart = after.size === 0 ? [] : newly.map(([key, one]) => cancelOne(to, fresh, key, one));
  if (organizes) return apart;
  if (after.size === 0) return takenOff;
  const left = new Map([...after].filter(([key]) => !newly.some(([gone]) => gone === key)));
  return left.size === 0 ? apart : [...apart, request(to, fresh, left)];
}

const isCancelled = (component: Component | undefined): boolean => component !== undefined && cancelled(component);

/** Where none is named any more, it is the earlier one. */
function isOrganizer({ to, old, fresh }: Write): boolean {
  const organizer = organizerOf(fresh) ?? organizerOf(old);
  return normalAddress(organizer?.value ?? '') === normalAddress(to.address);
}

/** The components that have guests. */
function withGuests(calendar: Component | null): Parts {
  return new Map([...byInstance(calendar)].filter(([, one]) => property(one, 'ATTENDEE') !== undefined));
}

const invites = (component: Component, who: Addresses): boolean => {
  const line = attendeeOf(component, who);
  return line !== undefined && parameter(line, 'SCHEDULE-AGENT')?.toUpperCase() !== 'CLIENT';
};

/** The components that a person is invited to. */
function partsFor(to: Recipient, calendar: Component | null): Parts {
  return new Map([...byInstance(calendar)].filter(([, one]) => invites(one, single(to.address))));
}

/** The status of whichever component says one last. */
function statusOf(calendar: Component): string | undefined {
  return mainComponents(calendar)
    .map((one) => property(one, 'STATUS')?.value.toUpperCase())
    .findLast((status) => status !== undefined);
}

function isForced(component: Component, to: Recipient): boolean {
  const line = attendeeOf(component, single(to.address));
  return line !== undefined && parameter(line, 'SCHEDULE-FORCE-SEND')?.toUpperCase() === 'REQUEST';
}

function request(to: Recipient, fresh: Component, parts: Parts): Draft {
  const view = viewFor(fresh, single(to.address), invites);
  return { errand: { to, method: 'REQUEST', calendar: view ?? fresh, instances: null }, shown: parts.values() };
}

function cancelOne(to: Recipient, fresh: Component, key: InstanceKey, one: Component): Draft {
  const line = property(one, 'RECURRENCE-ID');
  const exclusion = line === undefined ? '' : `EXDATE${line.head.slice('RECURRENCE-ID'.length)}:${line.value}`;
  const calendar = withMain(fresh, [asCancelled(one)]);
  return { errand: { to, method: 'CANCEL', calendar, instances: new Map([[key, exclusion]]) }, shown: [one] };
}

/** What of an object counts as significant, as one text. */
function saying(calendar: Component | null, names: readonly string[]): string {
  const each = (component: Component): string =>
    names.flatMap((name) => properties(component, name).map(({ value }) => `${name}:${value}`)).join(';');
  return calendar === null ? '' : mainComponents(calendar).map(each).sort().join('\n');
}

/** By which the mail plugin tells whether an event was changed (EventComparisonService.php, EVENT_DIFF). */
const COMPARED = ['RECURRENCE-ID', 'RRULE', 'SEQUENCE', 'LAST-MODIFIED'];

/**
 * Of an update, Nextcloud mails only what is not the same in what is stored (IMipPlugin.php, schedule). A guest who was taken
 * off is shown the old event by the broker of 33.0.7, and so gets no mail (issue 63242).
 */
function throughMailPlugin({ errand, shown }: Draft, { old, fresh }: Write): Errand {
  if (old === null || fresh === null) return errand;
  const look = (component: Component): string =>
    COMPARED.map((name) => property(component, name)?.value ?? '').join(' ');
  const stored = new Set(mainComponents(old).map(look));
  return [...shown].every((one) => stored.has(look(one))) ? { ...errand, insideOnly: true } : errand;
}
