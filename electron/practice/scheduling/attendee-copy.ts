import type { Call } from '../site.ts';
import { addProperty, copyComponent, line, setProperty, withParameter } from '../ical/edit.ts';
import { components, parameter, parseCalendar, property, type Component } from '../ical/reader.ts';
import { mainComponents } from '../store/index-object.ts';
import type { Principal } from '../store/model.ts';
import { normalAddress } from '../store/store.ts';
import { storeCopy } from './deliver.ts';
import {
  attendeeOf,
  byInstance,
  exclusionOf,
  exclusions,
  organizerOf,
  partstat,
  replaceLine,
  timing,
  uidOf,
  type InstanceKey,
} from './parts.ts';
import { withMain } from './view.ts';

const sameOrganizer = (a: Component, b: Component): boolean =>
  normalAddress(organizerOf(a)?.value ?? '') === normalAddress(organizerOf(b)?.value ?? '');

/** What belongs to the attendee alone stays: alarms, X- properties, and the answer unless the time changed. */
function keepOwn(fresh: Component, own: Component, who: Set<string>): void {
  fresh.items.push(...components(own, 'VALARM').map(copyComponent));
  for (const item of own.items) {
    if (item.kind === 'property' && item.name.startsWith('X-') && property(fresh, item.name) === undefined) {
      addProperty(fresh, item);
    }
  }
  const mine = attendeeOf(own, who);
  const there = attendeeOf(fresh, who);
  if (mine === undefined || there === undefined || timing(own) !== timing(fresh)) return;
  const answer = parameter(mine, 'PARTSTAT');
  if (answer !== undefined) replaceLine(fresh, there, withParameter(there, 'PARTSTAT', answer));
}

/** Instances the attendee declined by removing them stay removed. */
function keepRemoved(fresh: Component, own: Component, who: Set<string>): Component {
  const removed = exclusions(own);
  const all = byInstance(fresh);
  const master = all.get('');
  if (master === undefined) return fresh;
  const dropped = [...all].filter(
    ([key, component]) => key !== '' && removed.has(key) && partstat(attendeeOf(component, who)) === 'DECLINED',
  );
  for (const [, component] of dropped) addProperty(master, line(exclusionOf(component)));
  return withMain(
    fresh,
    mainComponents(fresh).filter((c) => !dropped.some(([, d]) => d === c)),
  );
}

/** Puts a REQUEST into an attendee's calendar: the new state of the meeting with what is the attendee's own. */
export function deliverRequest(call: Call, user: Principal, address: string, view: Component): void {
  const existing = call.site.store.findUid(user.user, uidOf(view));
  let fresh = copyComponent(view);
  if (existing !== undefined) {
    const own = parseCalendar(existing.object.text);
    // Somebody else's meeting with the same UID is not overwritten.
    if (!sameOrganizer(own, view)) return;
    const who = new Set([address, ...user.addresses].map(normalAddress));
    const before = byInstance(own);
    const master = before.get('');
    for (const [key, component] of byInstance(fresh)) {
      const earlier = before.get(key);
      if (earlier !== undefined) keepOwn(component, earlier, who);
    }
    if (master !== undefined) fresh = keepRemoved(fresh, master, who);
  }
  storeCopy(call, user, existing, fresh, false);
}

/** Takes cancelled instances out of an attendee's copy; a whole meeting stays there marked as cancelled. */
export function deliverCancel(
  call: Call,
  user: Principal,
  message: Component,
  instances: ReadonlyMap<InstanceKey, string> | null,
): void {
  const existing = call.site.store.findUid(user.user, uidOf(message));
  if (existing === undefined) return;
  const own = parseCalendar(existing.object.text);
  if (!sameOrganizer(own, message)) return;
  const all = byInstance(own);
  const master = all.get('');
  const targets = instances === null ? [...all.keys()] : [...instances.keys()];
  let main = mainComponents(own);
  for (const key of targets) {
    const component = all.get(key);
    if (key !== '' && master !== undefined && instances !== null) {
      if (!exclusions(master).has(key)) addProperty(master, line(instances.get(key) ?? ''));
      main = main.filter((c) => c !== component);
    } else if (component !== undefined) setProperty(component, line('STATUS:CANCELLED'));
  }
  storeCopy(call, user, existing, withMain(own, main), false);
}
