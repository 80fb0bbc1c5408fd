import type { PlanSummary } from '../../../shared/model/plan.ts';
import type { Work } from '../yielding.ts';
import { domainOf } from '../scheduling/addresses.ts';
import type { NotifiedItem } from '../scheduling/types.ts';

/** How many the panel names. */
const TOP = 20;

/** By address. */
export type Addresses = ReadonlyMap<string, { readonly inside: boolean; readonly messages: number }>;

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
  const add = (address: string, inside: boolean): void => {
    const entry = found.get(address);
    if (entry === undefined) found.set(address, { inside, messages: 1 });
    else entry.messages += 1;
  };
  for (const { inside, outside } of notified) {
    for (const address of inside) add(address, true);
    for (const address of outside) add(address, false);
    yield;
  }
  return found;
}
