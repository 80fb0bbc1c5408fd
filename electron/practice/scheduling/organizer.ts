import type { Call } from '../site.ts';
import { copyComponent, withParameter } from '../ical/edit.ts';
import { parameter, properties, type Component, type Property } from '../ical/reader.ts';
import { mainComponents } from '../store/index-object.ts';
import { normalAddress } from '../store/store.ts';
import type { Principal } from '../store/model.ts';
import type { Broker } from '../personalities/personality.ts';
import { deliverCancel, deliverRequest } from './attendee-copy.ts';
import { notify, reaches, recipientOf, statusFor, type Recipient } from './deliver.ts';
import { errandsFor, single, type Errand } from './errands.ts';
import { attendeeOf, byInstance, byServer, replaceLine, timing } from './parts.ts';
import { nextcloudApartErrands, nextcloudErrands, sabreErrands, type Write } from './sabre-brokers.ts';
import { withMain } from './view.ts';

/** What an organizer's write makes of the text, and whom it tells. */
interface OrganizerWork {
  readonly calendar: Component;
  readonly deliver: () => void;
}

/** Everybody on the list, once per address; of a broker that asks nobody whose address it is, the owner's, too. */
function recipients(call: Call, owner: Principal, old: Component | null, fresh: Component | null): Recipient[] {
  const ownToo = call.site.personality.broker !== 'rfc6638';
  const found = new Map<string, Recipient>();
  for (const calendar of [fresh, old]) {
    for (const component of calendar === null ? [] : mainComponents(calendar)) {
      for (const line of properties(component, 'ATTENDEE')) {
        const recipient = recipientOf(call, line.value);
        const id = normalAddress(line.value);
        const isOwn = recipient.principal?.user === owner.user;
        if ((ownToo || !isOwn) && !found.has(id)) found.set(id, recipient);
      }
    }
  }
  return [...found.values()];
}

const BROKERS: Readonly<Record<Broker, (write: Write) => Errand[]>> = {
  rfc6638: ({ to, old, fresh }) => errandsFor(to, old, fresh),
  sabre: sabreErrands,
  nextcloud: nextcloudErrands,
  'nextcloud-apart': nextcloudApartErrands,
};

/** Answers given before a change of time no longer hold (RFC 6638 §3.2.8). */
function resetAnswers(calendar: Component, old: Component | null, notified: (line: Property) => boolean): void {
  const before = byInstance(old);
  for (const [key, component] of byInstance(calendar)) {
    const earlier = before.get(key);
    if (earlier === undefined || timing(earlier) === timing(component)) continue;
    for (const line of properties(component, 'ATTENDEE')) {
      if (notified(line) && parameter(line, 'PARTSTAT') !== undefined) {
        replaceLine(component, line, withParameter(line, 'PARTSTAT', 'NEEDS-ACTION'));
      }
    }
  }
}

/** Answers that came in since the client read the object (RFC 6638 §3.2.10, If-Schedule-Tag-Match). */
function mergeAnswers(calendar: Component, old: Component | null): void {
  const before = byInstance(old);
  for (const [key, component] of byInstance(calendar)) {
    const earlier = before.get(key);
    if (earlier === undefined) continue;
    for (const line of properties(component, 'ATTENDEE')) {
      const known = attendeeOf(earlier, single(line.value));
      if (known === undefined) continue;
      const answered = withParameter(line, 'PARTSTAT', parameter(known, 'PARTSTAT') ?? null);
      replaceLine(
        component,
        line,
        withParameter(answered, 'SCHEDULE-STATUS', parameter(known, 'SCHEDULE-STATUS') ?? null),
      );
    }
  }
}

function markSent(calendar: Component, errands: readonly Errand[]): void {
  for (const { to } of errands) {
    for (const component of mainComponents(calendar)) {
      const line = attendeeOf(component, single(to.address));
      if (line === undefined || !byServer(line)) continue;
      const clean = withParameter(line, 'SCHEDULE-FORCE-SEND', null);
      replaceLine(component, line, withParameter(clean, 'SCHEDULE-STATUS', statusFor(to)));
    }
  }
}

/**
 * The organizer stores (fresh) or deletes (null) an object. `from` is the address acted as. The fresh calendar is
 * copied before anything is added to it.
 */
export function organize(
  call: Call,
  owner: Principal,
  from: string,
  old: Component | null,
  fresh: Component | null,
): OrganizerWork {
  const { mode } = call.controls;
  const people = recipients(call, owner, old, fresh).filter((recipient) => reaches(mode, recipient));
  const reached = new Set(people.map((recipient) => normalAddress(recipient.address)));
  const calendar = fresh === null ? null : copyComponent(fresh);
  if (calendar !== null) {
    if (call.exchange.header('if-schedule-tag-match') !== undefined) mergeAnswers(calendar, old);
    resetAnswers(calendar, old, (line) => byServer(line) && reached.has(normalAddress(line.value)));
  }
  const errandsBy = BROKERS[call.site.personality.broker];
  const errands = people
    .flatMap((to) => errandsBy({ to, old, fresh: calendar }))
    .filter(({ insideOnly, to }) => insideOnly !== true || to.principal !== undefined);
  if (calendar !== null) markSent(calendar, errands);
  const deliver = (): void => {
    for (const { to, method, calendar: content, instances } of errands) {
      // The owner's copy is what is being written.
      if (to.principal !== undefined && to.principal.user !== owner.user) {
        if (method === 'REQUEST') deliverRequest(call, to.principal, to.address, content);
        else deliverCancel(call, to.principal, content, instances);
      }
      notify(call, from, to, method, content);
    }
  };
  return { calendar: calendar ?? withMain(old ?? EMPTY, []), deliver };
}

const EMPTY: Component = { kind: 'component', name: 'VCALENDAR', begin: '', end: '', items: [] };
