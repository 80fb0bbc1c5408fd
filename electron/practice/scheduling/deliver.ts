import { createHash, randomUUID } from 'node:crypto';
import type { Call } from '../site.ts';
import { writeCalendar, type Component } from '../ical/reader.ts';
import { mainComponents } from '../store/index-object.ts';
import type { Collection, Message, Principal, StoredObject } from '../store/model.ts';
import { DEFAULT_CALENDAR, normalAddress } from '../store/store.ts';
import type { Mode } from './controls.ts';
import { summaryOf, uidOf } from './parts.ts';
import { asMessage } from './view.ts';

/** Delivery codes of RFC 6638 §3.2.9. */
const DELIVERED = '1.2';
const SENT = '1.1';
const UNDELIVERABLE = '3.7';
export const REPLIED = '2.0';

/** Somebody a message goes to. `principal` is absent for people outside. */
export interface Recipient {
  /** As written in the object. */
  readonly address: string;
  readonly principal: Principal | undefined;
}

export const bare = (address: string): string => address.replace(/^mailto:/i, '');

/** Whether a mode lets a person be reached at all. */
export function reaches(mode: Mode, recipient: Recipient): boolean {
  switch (mode) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'internal-only':
      return recipient.principal !== undefined;
    case 'external-only':
      return recipient.principal === undefined;
  }
}

/** What becomes of sending to a recipient, known before it is sent. */
export const statusFor = (recipient: Recipient): string => {
  if (recipient.principal !== undefined) return DELIVERED;
  return /^mailto:/i.test(recipient.address) ? SENT : UNDELIVERABLE;
};

/** Tells one recipient: an inbox item inside (in mode `all` only), captured mail outside. Calendars are not its business. */
export function notify(call: Call, from: string, to: Recipient, method: string, calendar: Component): void {
  const { store, now } = call.site;
  const uid = uidOf(calendar);
  const about = { at: now().toISOString(), method, from: bare(from), to: bare(to.address), uid };
  const message = (kind: Message['kind']): Message => ({ ...about, summary: summaryOf(calendar), kind });
  if (to.principal === undefined) {
    if (statusFor(to) === SENT && call.site.personality.mails) store.addMessages([message('imip')]);
    return;
  }
  const inbox = store.collection(to.principal.user, 'inbox');
  if (call.controls.mode !== 'all' || inbox === undefined) return;
  const component = mainComponents(calendar)[0]?.name ?? 'VEVENT';
  const text = writeCalendar(asMessage(calendar, method));
  store.put(inbox, `${randomUUID()}.ics`, text, { uid, component, scheduling: false });
  store.addMessages([message('inbox')]);
}

/** Stores a copy in a user's calendar: in its place, or as a new object of the default calendar. */
export function storeCopy(
  call: Call,
  user: Principal,
  existing: { collection: Collection; object: StoredObject } | undefined,
  calendar: Component,
  keepTag: boolean,
): void {
  const { store } = call.site;
  const collection = existing?.collection ?? store.collection(user.user, DEFAULT_CALENDAR);
  if (collection === undefined) return;
  const uid = uidOf(calendar);
  const component = mainComponents(calendar)[0]?.name ?? 'VEVENT';
  const fresh = `${createHash('sha1').update(uid).digest('hex').slice(0, 20)}.ics`;
  const name = existing?.object.name ?? (collection.objects.has(fresh) ? `${randomUUID()}.ics` : fresh);
  const text = writeCalendar(calendar);
  if (existing?.object.text === text) return;
  store.put(collection, name, text, { uid, component, scheduling: true, keepTag });
}

export const recipientOf = (call: Call, address: string): Recipient => ({
  address,
  principal: call.site.store.principalOf(address),
});

export const addressSetOf = (recipient: Recipient): Set<string> =>
  new Set([recipient.address, ...(recipient.principal?.addresses ?? [])].map(normalAddress));
