import { parameter, type Component } from '../ical/reader.ts';
import { mainComponents } from '../store/index-object.ts';
import { normalAddress } from '../store/store.ts';
import type { Recipient } from './deliver.ts';
import {
  attendeeOf,
  byInstance,
  cancelled,
  essence,
  essenceOfOccurrences,
  exclusionOf,
  exclusions,
  organizerOf,
  type InstanceKey,
} from './parts.ts';
import { asCancelled, instanceOf, viewFor, withMain } from './view.ts';

/** One message of an organizer to one attendee. */
export interface Errand {
  readonly to: Recipient;
  readonly method: 'REQUEST' | 'CANCEL';
  /** What the message carries. */
  readonly calendar: Component;
  /** For a CANCEL: the instances; null cancels everything. */
  readonly instances: ReadonlyMap<InstanceKey, string> | null;
  /** It goes to people here alone. */
  readonly insideOnly?: boolean;
}

export const single = (address: string): Set<string> => new Set([normalAddress(address)]);

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

export const cancelAll = (to: Recipient, old: Component): Errand => ({
  to,
  method: 'CANCEL',
  calendar: withMain(old, mainComponents(old).map(asCancelled)),
  instances: null,
});

/** What one attendee has to be told (RFC 6638 §3.2.1.1 to §3.2.1.3). */
export function errandsFor(to: Recipient, oldCalendar: Component | null, freshCalendar: Component | null): Errand[] {
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
