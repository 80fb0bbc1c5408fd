import { indexObject } from '../store/index-object.ts';
import type { Principal } from '../store/model.ts';
import { DEFAULT_CALENDAR, type Store } from '../store/store.ts';
import { DAV, escapeXml, key } from '../xml/names.ts';

/** Somebody's calendar from elsewhere, to rehearse on a copy of it. */
export interface Stage {
  readonly owner: { readonly user: string; readonly displayName: string; readonly addresses: readonly string[] };
  readonly calendar: { readonly displayName: string; readonly objects: readonly StageObject[] };
  /** Mail domains, lower case: whoever has an address there is a user of this server as soon as somebody writes to them. */
  readonly insideDomains: readonly string[];
}

interface StageObject {
  /** Last segment of its address. */
  readonly name: string;
  readonly text: string;
}

/** The user whose calendar is on the stage. */
export function stageOwner({ owner }: Stage): Principal {
  return { ...owner, admin: false };
}

/** A user for an address of a domain that counts as inside; undefined for people outside. */
export function newcomer(address: string, insideDomains: readonly string[]): Principal | undefined {
  const mail = /^mailto:([^?]+)/i.exec(address)?.[1]?.toLowerCase();
  const at = mail?.lastIndexOf('@') ?? -1;
  if (mail === undefined || at < 1 || !insideDomains.includes(mail.slice(at + 1))) return undefined;
  return { user: mail, displayName: mail, addresses: [`mailto:${mail}`], admin: false };
}

/** The calendar, inbox and outbox that every user has. */
export function giveHome(store: Store, principal: Principal, calendarName: string): void {
  const displayName = `<displayname xmlns="${DAV}">${escapeXml(calendarName)}</displayname>`;
  store.create(principal, DEFAULT_CALENDAR, 'calendar', undefined, [[key(DAV, 'displayname'), displayName]]);
  store.create(principal, 'inbox', 'inbox');
  store.create(principal, 'outbox', 'outbox');
}

/** Puts the copy into a store. Nobody is told. What is no iCalendar is left out, since no client could read it either. */
export function setStage(store: Store, stage: Stage): void {
  const owner = stageOwner(stage);
  giveHome(store, owner, stage.calendar.displayName);
  const calendar = store.collection(owner.user, DEFAULT_CALENDAR);
  if (calendar === undefined) return;
  for (const { name, text } of stage.calendar.objects) {
    const facts = indexObject(text);
    if (facts !== null) store.put(calendar, name, text, { ...facts, scheduling: /^ORGANIZER[;:]/im.test(text) });
  }
}
