import type { Call } from '../site.ts';
import { withParameter } from '../ical/edit.ts';
import { parseCalendar, properties, type Component } from '../ical/reader.ts';
import type { Principal } from '../store/model.ts';
import { normalAddress } from '../store/store.ts';
import { addressSetOf, recipientOf, REPLIED, storeCopy } from './deliver.ts';
import {
  attendeeOf,
  byInstance,
  exclusionOf,
  exclusions,
  organizerOf,
  partstat,
  replaceLine,
  uidOf,
  type Addresses,
} from './parts.ts';
import { instanceOf } from './view.ts';

/** Sets one person's answer; gives false when that changes nothing. */
function setAnswer(component: Component, who: Addresses, status: string, code: string | null): boolean {
  const line = attendeeOf(component, who);
  if (line === undefined) return false;
  const answered = withParameter(withParameter(line, 'PARTSTAT', status), 'RSVP', null);
  const marked = code === null ? answered : withParameter(answered, 'SCHEDULE-STATUS', code);
  replaceLine(component, line, marked);
  return marked !== line;
}

/** Brings the answers of a REPLY into a copy; `code` marks the organizer's. An instance that is not there is made. */
function applyReply(copy: Component, reply: Component, who: Addresses, code: string | null, make: boolean): boolean {
  const all = byInstance(copy);
  const master = all.get('');
  let changed = false;
  for (const [key, answer] of byInstance(reply)) {
    const status = partstat(attendeeOf(answer, who));
    let component = all.get(key);
    if (component === undefined && make && master !== undefined && !exclusions(master).has(key)) {
      component = instanceOf(master, exclusionOf(answer));
      copy.items.push(component);
      changed = true;
    }
    if (component !== undefined && setAnswer(component, who, status, code)) changed = true;
  }
  return changed;
}

/** The other attendees inside see the new answer, silently: no inbox item, no other Schedule-Tag. */
function refreshOthers(call: Call, organizer: Principal, object: Component, reply: Component, who: Addresses): void {
  const seen = new Set<string>([organizer.user]);
  for (const component of byInstance(object).values()) {
    for (const line of properties(component, 'ATTENDEE')) {
      const { principal } = recipientOf(call, line.value);
      if (principal === undefined || seen.has(principal.user) || who.has(normalAddress(line.value))) continue;
      seen.add(principal.user);
      const existing = call.site.store.findUid(principal.user, uidOf(object));
      if (existing === undefined) continue;
      const copy = parseCalendar(existing.object.text);
      if (applyReply(copy, reply, who, null, false)) storeCopy(call, principal, existing, copy, true);
    }
  }
}

/** Brings an attendee's REPLY into the organizer's object (RFC 6638 §3.2.6); nothing when there is none. */
export function deliverReply(call: Call, organizer: Principal, who: Addresses, reply: Component): void {
  const existing = call.site.store.findUid(organizer.user, uidOf(reply));
  if (existing === undefined) return;
  const object = parseCalendar(existing.object.text);
  const address = organizerOf(object)?.value ?? '';
  if (!addressSetOf({ address: organizer.addresses[0] ?? '', principal: organizer }).has(normalAddress(address)))
    return;
  if (!applyReply(object, reply, who, REPLIED, true)) return;
  storeCopy(call, organizer, existing, object, true);
  refreshOthers(call, organizer, object, reply, who);
}
