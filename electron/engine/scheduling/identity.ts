import type { IdentityChoice } from '../../../shared/model/scheduling.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import { addressKey } from './addresses.ts';
import { checkAddress } from '../../../shared/model/scheduling-checks.ts';
import type { ActingIdentity } from './types.ts';

/**
 * As whom one event is written, and how the calendar's owner stands to it.
 *
 * - `server`: no header; the server calculates the address.
 * - `fixed`: one address for every event that schedules; a plain event gets none, nobody acts in it.
 * - `match`: the owner's address that the event itself carries: the organizer first, then the one guest it names.
 *   Several of the owner's addresses among the guests are `ambiguous`, none is `stranger`; both send no header.
 *
 * @throws HushError `ADDRESS_INVALID` for a fixed address that may not be sent
 */
export function actAs(
  summary: Pick<ResourceSummary, 'organizer' | 'attendees'>,
  choice: IdentityChoice,
  ownerAddresses: readonly string[],
): ActingIdentity {
  const standing = standingOf(summary, ownerAddresses);
  switch (choice.kind) {
    case 'server':
      return { address: null, standing: standing.kind };
    case 'fixed': {
      const address = checkAddress(choice.address);
      return { address: standing.kind === 'plain' ? null : address, standing: standing.kind };
    }
    case 'match':
      return { address: standing.address, standing: standing.kind };
  }
}

interface Standing {
  readonly kind: ActingIdentity['standing'];
  /** The owner's address in the form in which the server lists it. */
  readonly address: string | null;
}

/** How the owner of a calendar stands to an event in it. */
export function standingOf(
  summary: Pick<ResourceSummary, 'organizer' | 'attendees'>,
  ownerAddresses: readonly string[],
): Standing {
  // RFC 6638 §3.1: without an ORGANIZER it is no scheduling object, whatever guests it lists.
  if (summary.organizer === null) return { kind: 'plain', address: null };
  const own = new Map(ownerAddresses.map((address) => [addressKey(address), address]));
  const asOrganizer = own.get(addressKey(summary.organizer.address));
  if (asOrganizer !== undefined) return { kind: 'organizer', address: asUri(asOrganizer, ownerAddresses) };
  const asGuest = [
    ...new Set(
      summary.attendees.map((guest) => own.get(addressKey(guest.address))).filter((found) => found !== undefined),
    ),
  ];
  const [first] = asGuest;
  if (first === undefined) return { kind: 'stranger', address: null };
  return asGuest.length === 1
    ? { kind: 'attendee', address: asUri(first, ownerAddresses) }
    : { kind: 'ambiguous', address: null };
}

/** The draft wants a URI; a principal's path stands for the same user as the first URI of the set. */
function asUri(address: string, ownerAddresses: readonly string[]): string {
  if (!address.startsWith('/')) return address;
  return ownerAddresses.find((other) => !other.startsWith('/')) ?? address;
}
