import type { PlanSummary } from '../../../shared/model/plan.ts';
import { domainOf } from '../scheduling/addresses.ts';
import type { ToldItem } from '../scheduling/types.ts';

/** How many the panel names. */
const TOP = 20;

/** Who would get most messages if everybody were told. */
export function topRecipients(told: readonly ToldItem[]): PlanSummary['topRecipients'] {
  return [...byAddress(told)]
    .map(([address, entry]) => ({ address, ...entry }))
    .sort((a, b) => b.messages - a.messages || (a.address < b.address ? -1 : 1))
    .slice(0, TOP);
}

/** The mail domains of everybody who would be told, those with most messages first. */
export function topDomains(told: readonly ToldItem[]): NonNullable<PlanSummary['topDomains']> {
  const domains = new Map<string, { inside: boolean; people: number; messages: number }>();
  for (const [address, { inside, messages }] of byAddress(told)) {
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

function byAddress(told: readonly ToldItem[]): ReadonlyMap<string, { inside: boolean; messages: number }> {
  const found = new Map<string, { inside: boolean; messages: number }>();
  const add = (address: string, inside: boolean): void => {
    const entry = found.get(address);
    if (entry === undefined) found.set(address, { inside, messages: 1 });
    else entry.messages += 1;
  };
  for (const { inside, outside } of told) {
    for (const address of inside) add(address, true);
    for (const address of outside) add(address, false);
  }
  return found;
}
