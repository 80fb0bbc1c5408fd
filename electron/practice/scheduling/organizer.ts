import type { Call } from '../site.ts';
import { copyComponent, withParameter } from '../ical/edit.ts';
import { parameter, properties, type Component, type Property } from '../ical/reader.ts';
import { mainComponents } from '../store/index-object.ts';
import { normalAddress } from '../store/store.ts';
import type { Principal } from '../store/model.ts';
import { deliverCancel, deliverRequest } from './attendee-copy.ts';
import { notify, reaches, recipientOf, statusFor, type Recipient } from './deliver.ts';
import {
  attendeeOf,
  byInstance,
  byServer,
  cancelled,
  essence,
  essenceOfOccurrences,
  exclusionOf,
  exclusions,
  organizerOf,
  replaceLine,
  timing,
  type InstanceKey,
} from './parts.ts';
import { asCancelled, instanceOf, viewFor, withMain } from './view.ts';

/** One message of an organizer to one attendee. */
interface Errand {
  readonly to: Recipient;
  readonly method: 'REQUEST' | 'CANCEL';
  /** What the message carries. */
  readonly calendar: Component;
  /** For a CANCEL: the instances; null cancels everything. */
  readonly instances: ReadonlyMap<InstanceKey, string> | null;
}

/** What an organizer's write makes of the text, and whom it tells. */
export interface OrganizerWork {
  readonly calendar: Component;
  readonly deliver: () => void;
}

const single = (address: string): Set<string> => new Set([normalAddress(address)]);

function recipients(call: Call, owner: Principal, old: Component | null, fresh: Component | null): Recipient[] {
  const found = new Map<string, Recipient>();
  for (const calendar of [fresh, old]) {
    for (const component of calendar === null ? [] : mainComponents(calendar)) {
      for (const line of properties(component, 'ATTENDEE')) {
        const recipient = recipientOf(call, line.value);
        const id = normalAddress(line.value);
        if (recipient.principal?.user !== owner.user && !found.has(id)) found.set(id, recipient);
      }
    }
  }
  return [...found.values()];
}

const forced = (calendar: Component, who: Set<string>): string | undefined => {
  for (const component of mainComponents(calendar)) {
    const line = attendeeOf(component, who);
    const force = line === undefined ? undefined : parameter(line, 'SCHEDULE-FORCE-SEND')?.toUpperCase();
    if (force !== undefined) return force;
  }
  return undefined;
};

/** Instances that were there for the attendee and are not any more: key → EXDATE line. */
function instancesGone(old: Component, fresh: Component): Map<InstanceKey, string> {
  const before = byInstance(old);
  const after = byInstance(fresh);
  const [oldMaster, master] = [before.get(''), after.get('')];
  const gone = new Map<InstanceKey, string>();
  const known = oldMaster === undefined ? new Map<InstanceKey, string>() : exclusions(oldMaster);
  if (master !== undefined) {
    for (const [key, line] of exclusions(master)) if (!known.has(key)) gone.set(key, line);
  }
  for (const [key, component] of before) {
    const now = after.get(key);
    if (key === '' || cancelled(component)) continue;
    if (now === undefined ? master === undefined : cancelled(now)) gone.set(key, exclusionOf(component));
  }
  return gone;
}

/** Whether anything but the given instances differs. */
function differsBeside(old: Component, fresh: Component, gone: ReadonlyMap<InstanceKey, string>): boolean {
  const rest = (calendar: Component): string =>
    [...byInstance(calendar)]
      .filter(([key]) => !gone.has(key))
      .map(([key, component]) => `${key}=${essenceOfOccurrences(component)}`)
      .join('\n\n');
  return rest(old) !== rest(fresh);
}

const whole = (calendar: Component): string =>
  [...byInstance(calendar)].map(([key, component]) => `${key}=${essence(component)}`).join('\n\n');

const allCancelled = (calendar: Component): boolean => mainComponents(calendar).every(cancelled);

/** A CANCEL of some instances: the overrides as they were, or made from the master. */
function cancelInstances(old: Component, gone: ReadonlyMap<InstanceKey, string>): Component {
  const before = byInstance(old);
  const master = before.get('');
  const main = [...gone].flatMap(([key, line]) => {
    const component = before.get(key) ?? (master === undefined ? undefined : instanceOf(master, line));
    return component === undefined ? [] : [asCancelled(component)];
  });
  return withMain(old, main);
}

const cancelAll = (to: Recipient, old: Component): Errand => ({
  to,
  method: 'CANCEL',
  calendar: withMain(old, mainComponents(old).map(asCancelled)),
  instances: null,
});

/** What one attendee has to be told (RFC 6638 §3.2.1.1 to §3.2.1.3). */
function errandsFor(to: Recipient, oldCalendar: Component | null, freshCalendar: Component | null): Errand[] {
  const who = single(to.address);
  const old = viewFor(oldCalendar, who);
  // Without an ORGANIZER it is no meeting any more, whoever is still on its list.
  const fresh = organizerOf(freshCalendar) === undefined ? null : viewFor(freshCalendar, who);
  if (fresh === null) return old === null || allCancelled(old) ? [] : [cancelAll(to, old)];
  const request: Errand = { to, method: 'REQUEST', calendar: fresh, instances: null };
  const force = freshCalendar === null ? undefined : forced(freshCalendar, who);
  if (old === null) return allCancelled(fresh) && force === undefined ? [] : [request];
  if (force === 'REQUEST') return [request];
  if (whole(old) === whole(fresh)) return [];
  if (allCancelled(fresh)) return allCancelled(old) ? [] : [cancelAll(to, fresh)];
  const gone = instancesGone(old, fresh);
  if (gone.size === 0) return [request];
  const cancel: Errand = { to, method: 'CANCEL', calendar: cancelInstances(old, gone), instances: gone };
  if (!differsBeside(old, fresh, gone)) return [cancel];
  // A series carries its exclusions in the REQUEST; single instances need their own CANCEL.
  return byInstance(fresh).has('') ? [request] : [request, cancel];
}

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
  const errands = people.flatMap((to) => errandsFor(to, old, calendar));
  if (calendar !== null) markSent(calendar, errands);
  const deliver = (): void => {
    for (const { to, method, calendar: content, instances } of errands) {
      if (to.principal !== undefined) {
        if (method === 'REQUEST') deliverRequest(call, to.principal, to.address, content);
        else deliverCancel(call, to.principal, content, instances);
      }
      notify(call, from, to, method, content);
    }
  };
  return { calendar: calendar ?? withMain(old ?? EMPTY, []), deliver };
}

const EMPTY: Component = { kind: 'component', name: 'VCALENDAR', begin: '', end: '', items: [] };
