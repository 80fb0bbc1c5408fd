import { refuse } from '../http/answer.ts';
import type { Call } from '../site.ts';
import { copyComponent, newComponent, removeProperties, withParameter } from '../ical/edit.ts';
import { properties, property, type Component } from '../ical/reader.ts';
import { mainComponents } from '../store/index-object.ts';
import { normalAddress } from '../store/store.ts';
import { CALDAV, element } from '../xml/names.ts';
import { notify, reaches, recipientOf, statusFor } from './deliver.ts';
import { deliverReply } from './organizer-copy.ts';
import {
  attendeeOf,
  byInstance,
  byServer,
  cancelled,
  exclusions,
  organizerOf,
  partstat,
  replaceLine,
  timing,
  type Addresses,
} from './parts.ts';
import { forOthers, instanceOf, withMain } from './view.ts';

/** What an attendee's write makes of the text, and what the organizer is told. */
interface AttendeeWork {
  readonly calendar: Component;
  readonly deliver: () => void;
}

const refused = (reason: string): Error =>
  refuse(403, element(CALDAV, 'allowed-attendee-scheduling-object-change'), reason);

/** An attendee may answer, but not move the meeting or hand it to another organizer (RFC 6638 §3.2.2.1). */
function checkAllowed(old: Component, fresh: Component): void {
  const [before, after] = [organizerOf(old)?.value ?? '', organizerOf(fresh)?.value ?? ''];
  if (normalAddress(before) !== normalAddress(after)) throw refused('An attendee may not change the organizer.');
  const earlier = byInstance(old);
  for (const [key, component] of byInstance(fresh)) {
    const was = earlier.get(key);
    if (was !== undefined && !cancelled(was) && timing(was) !== timing(component)) {
      throw refused('An attendee may not change the time of a meeting.');
    }
  }
}

/** One component of a REPLY: what it is about and the answer of this attendee alone (RFC 5546 §3.2.3). */
function answer(component: Component, who: Addresses, status: string): Component {
  const copy = forOthers(component);
  const mine = attendeeOf(copy, who);
  copy.items = copy.items.filter((i) => i.kind === 'component' || i.name !== 'ATTENDEE' || i === mine);
  for (const name of ['RRULE', 'RDATE', 'EXDATE']) if (property(copy, 'RECURRENCE-ID')) removeProperties(copy, name);
  if (mine !== undefined) replaceLine(copy, mine, withParameter(mine, 'PARTSTAT', status));
  return copy;
}

/** The answers that differ from what the organizer was told before. */
function answers(old: Component | null, fresh: Component | null, who: Addresses): Component[] {
  const before = byInstance(old);
  if (fresh === null) {
    return [...before.values()].flatMap((component) => {
      const mine = attendeeOf(component, who);
      const silent = mine === undefined || cancelled(component) || partstat(mine) === 'DECLINED';
      return silent ? [] : [answer(component, who, 'DECLINED')];
    });
  }
  const out: Component[] = [];
  const master = byInstance(fresh).get('');
  for (const [key, component] of byInstance(fresh)) {
    const mine = attendeeOf(component, who);
    if (mine === undefined || cancelled(component)) continue;
    const was = before.get(key) ?? (key === '' ? undefined : before.get(''));
    const implied = was ?? (key === '' ? undefined : master);
    const known = implied === undefined ? 'NEEDS-ACTION' : partstat(attendeeOf(implied, who));
    if (partstat(mine) !== known) out.push(answer(component, who, partstat(mine)));
  }
  return [...out, ...removedInstances(old, fresh, who)];
}

/** Instances the attendee took out of the series: declined (RFC 6638 §3.2.2.3). */
function removedInstances(old: Component | null, fresh: Component, who: Addresses): Component[] {
  const before = byInstance(old);
  const [was, is] = [before.get(''), byInstance(fresh).get('')];
  if (was === undefined || is === undefined) return [];
  const known = exclusions(was);
  return [...exclusions(is)].flatMap(([key, line]) => {
    if (known.has(key)) return [];
    const instance = before.get(key) ?? instanceOf(was, line);
    const mine = attendeeOf(instance, who);
    return mine === undefined || partstat(mine) === 'DECLINED' ? [] : [answer(instance, who, 'DECLINED')];
  });
}

/**
 * An attendee stores (fresh) or deletes (null) a copy. Throws 403 allowed-attendee-scheduling-object-change. Nothing is
 * said when the organizer's SCHEDULE-AGENT is not the server, or when the mode does not reach the organizer.
 */
export function attend(call: Call, who: Addresses, old: Component | null, fresh: Component | null): AttendeeWork {
  const calendar = fresh === null ? newComponent('VCALENDAR') : copyComponent(fresh);
  const silent: AttendeeWork = { calendar, deliver: () => undefined };
  const source = fresh ?? old;
  const organizer = organizerOf(old) ?? organizerOf(fresh);
  if (source === null || organizer === undefined || !byServer(organizer)) return silent;
  const stays = fresh !== null && mainComponents(fresh).some((c) => attendeeOf(c, who) !== undefined);
  if (old !== null && fresh !== null && stays) checkAllowed(old, fresh);
  const to = recipientOf(call, organizer.value);
  if (!reaches(call.controls.mode, to)) return silent;
  const main = answers(old, stays ? fresh : null, who);
  if (main.length === 0) return silent;
  const reply = withMain(old ?? source, main);
  const mine = main.map((c) => attendeeOf(c, who)).find((line) => line !== undefined);
  for (const component of mainComponents(calendar)) {
    for (const line of properties(component, 'ORGANIZER')) {
      replaceLine(component, line, withParameter(line, 'SCHEDULE-STATUS', statusFor(to)));
    }
  }
  return {
    calendar,
    deliver: () => {
      if (to.principal !== undefined) deliverReply(call, to.principal, who, reply);
      notify(call, mine?.value ?? '', to, 'REPLY', reply);
    },
  };
}
