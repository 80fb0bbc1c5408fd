import type { PlanSummary } from '../../../shared/model/plan.ts';
import type { MessageKinds } from '../../../shared/model/scheduling.ts';
import type { Work } from '../yielding.ts';
import { domainOf } from '../scheduling/addresses.ts';
import { countOf } from '../scheduling/notified/kinds.ts';
import type { NotifiedItem } from '../scheduling/types.ts';
import type { PlanStep } from './types.ts';

/** How many the panel names. */
const TOP = 20;

/** By address. */
type Addresses = ReadonlyMap<string, { readonly inside: boolean; readonly messages: number }>;

/** Who would get most messages if everybody were told. */
export function topRecipients(addresses: Addresses): PlanSummary['topRecipients'] {
  return [...addresses]
    .map(([address, entry]) => ({ address, ...entry }))
    .sort((a, b) => b.messages - a.messages || (a.address < b.address ? -1 : 1))
    .slice(0, TOP);
}

/** The mail domains of everybody who would be told, those with most messages first. */
export function topDomains(addresses: Addresses): NonNullable<PlanSummary['topDomains']> {
  const domains = new Map<string, { inside: boolean; people: number; messages: number }>();
  for (const [address, { inside, messages }] of addresses) {
    const domain = domainOf(address);
    if (domain === null) continue;
    const entry = domains.get(domain) ?? { inside, people: 0, messages: 0 };
    domains.set(domain, entry);
    entry.people += 1;
    entry.messages += messages;
  }
  return [...domains]
    .map(([domain, entry]) => ({ domain, ...entry }))
    .sort((a, b) => b.messages - a.messages || (a.domain < b.domain ? -1 : 1))
    .slice(0, TOP);
}

/** Everybody who would be told, and by how many messages. */
export function* countAddresses(notified: readonly NotifiedItem[]): Work<Addresses> {
  const found = new Map<string, { inside: boolean; messages: number }>();
  const add = (address: string, inside: boolean, messages: number): void => {
    const entry = found.get(address);
    if (entry === undefined) found.set(address, { inside, messages });
    else entry.messages += messages;
  };
  for (const { inside, outside, several } of notified) {
    for (const address of inside) add(address, true, several?.get(address) ?? 1);
    for (const address of outside) add(address, false, several?.get(address) ?? 1);
    yield;
  }
  return found;
}

/** Titles that are named of each. */
const NAMED = 5;

type Named = {
  readonly [Part in 'topRecipients' | 'topDomains' | 'notifiedMonths' | 'kindMeetings']: NonNullable<PlanSummary[Part]>;
};

/** The same with the titles of some of the events that people would be notified of, and the messages by month and kind. */
export function* nameMeetings(
  writes: readonly Pick<PlanStep, 'row' | 'notified'>[],
  recipients: PlanSummary['topRecipients'],
  domains: NonNullable<PlanSummary['topDomains']>,
): Work<Named> {
  const people = new Map(recipients.map(({ address }): [string, Set<string>] => [address, new Set()]));
  const byDomain = new Map(domains.map(({ domain }): [string, Set<string>] => [domain, new Set()]));
  const kinds = new Map<MessageKind, Set<string>>();
  const months = new Map<string, { inside: number; outside: number; titles: Set<string> }>();
  for (const { row, notified } of writes) {
    yield;
    if (notified === null) continue;
    for (const address of [...notified.inside, ...notified.outside]) {
      name(people.get(address), row.title);
      name(byDomain.get(domainOf(address) ?? ''), row.title);
    }
    for (const kind of KINDS) {
      if (notified.kinds.inside[kind] + notified.kinds.outside[kind] === 0) continue;
      const titles = kinds.get(kind) ?? new Set();
      kinds.set(kind, titles);
      name(titles, row.title);
    }
    const month = row.start?.slice(0, 7);
    if (month === undefined) continue;
    const entry = months.get(month) ?? { inside: 0, outside: 0, titles: new Set<string>() };
    months.set(month, entry);
    entry.inside += countOf(notified.kinds.inside);
    entry.outside += countOf(notified.kinds.outside);
    name(entry.titles, row.title);
  }
  return {
    topRecipients: recipients.map((one) => ({ ...one, meetings: [...(people.get(one.address) ?? [])] })),
    topDomains: domains.map((one) => ({ ...one, meetings: [...(byDomain.get(one.domain) ?? [])] })),
    notifiedMonths: [...months]
      .filter(([, { inside, outside }]) => inside + outside > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, { titles, ...counts }]) => ({ month, ...counts, meetings: [...titles] })),
    kindMeetings: Object.fromEntries([...kinds].map(([kind, titles]) => [kind, [...titles]])),
  };
}

type MessageKind = keyof MessageKinds;
const KINDS: readonly MessageKind[] = ['invitation', 'update', 'cancellation', 'reply'];

function name(titles: Set<string> | undefined, title: string): void {
  if (titles !== undefined && titles.size < NAMED && title !== '') titles.add(title);
}
