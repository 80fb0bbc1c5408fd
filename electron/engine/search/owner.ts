import type { Match } from '../../../shared/model/batch/cleanup.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import { addressKey, domainOf, domainsOf } from '../scheduling/addresses.ts';

/** Whose calendar is searched, as far as it is known. */
export interface Owner {
  /** Addresses as the server and the administrator give them, in lower case: for rules. */
  readonly addresses: ReadonlySet<string>;
  /** Mail domains that count as inside, lower case. */
  readonly inside: ReadonlySet<string>;
  /** No mail address is known: whoever has the same name before the @ is taken for the owner. */
  readonly guessed: boolean;
  is(address: string): boolean;
}

/**
 * @param mailbox the name of the user, which may be an address
 * @param known addresses of the owner: `calendar-user-address-set`, and those that the administrator added
 */
export function ownerOf(mailbox: string, known: readonly string[], insideDomains: Iterable<string>): Owner {
  const named = mailbox.includes('@') ? [...known, `mailto:${mailbox}`] : known;
  const keys = new Set(named.map(addressKey));
  const guessed = ![...keys].some((key) => domainOf(key) !== null);
  const name = mailbox.toLowerCase();
  return {
    addresses: new Set([...keys, ...named.map((address) => address.toLowerCase())]),
    inside: new Set([...domainsOf(named), ...insideDomains]),
    guessed,
    is(address) {
      const key = addressKey(address);
      if (keys.has(key)) return true;
      return guessed && key.slice(0, key.lastIndexOf('@')).replace(/^mailto:/, '') === name;
    },
  };
}

/** What a person said yes to, even with reservation. */
const ACCEPTED: readonly (string | null)[] = ['ACCEPTED', 'TENTATIVE'];

/** Whether the owner of the calendar organizes an event or has accepted it, as a whole or for one instance. */
export function ownPart({ organizer, attendees, instances }: ResourceSummary, owner: Owner): Match['own'] {
  if (organizer !== null && owner.is(organizer.address)) return 'organizer';
  const said = (one: { readonly address: string; readonly partstat: string | null }): boolean =>
    ACCEPTED.includes(one.partstat) && owner.is(one.address);
  return attendees.some(said) || (instances?.answers.some(said) ?? false) ? 'accepted' : 'no';
}
