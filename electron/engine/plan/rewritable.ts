import { addressKey } from '../scheduling/addresses.ts';
import { BROKEN_LINE } from '../icalendar/repairs/broken-lines.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import type { SourceState } from './table.ts';
import type { PlanStep } from './types.ts';

/** Whether a message cancels it for the calendar's owner (RFC 5546 §3.2.5); null where it may be stored as it stands. */
export function cancelledState(
  { cancellations }: ResourceSummary,
  ownerAddresses: readonly string[],
): Extract<SourceState, `cancelled${string}`> | null {
  const open = cancellations?.filter(({ settled }) => !settled) ?? [];
  if (open.length === 0) return null;
  const own = new Set(ownerAddresses.map(addressKey));
  const mine = open.filter(
    ({ attendees }) => attendees.length === 0 || attendees.some((address) => own.has(addressKey(address))),
  );
  if (mine.some(({ whole, alone }) => whole || alone)) return 'cancelled';
  if (mine.length > 0) return 'cancelled-in-part';
  if (own.size === 0) return 'cancelled-perhaps';
  return open.some(({ alone }) => alone) ? 'cancelled-for-others' : null;
}

export function brokenState({ findings }: ResourceSummary): 'broken' | null {
  return findings.some(({ code }) => code === BROKEN_LINE) ? 'broken' : null;
}

/** The rewrite that would store what is in this state. */
export function wantedRewrite(state: SourceState): PlanStep['wants'] {
  if (state === 'broken') return 'brokenLines';
  return state === 'cancelled' || state === 'cancelled-in-part' || state === 'cancelled-perhaps'
    ? 'cancellations'
    : undefined;
}
