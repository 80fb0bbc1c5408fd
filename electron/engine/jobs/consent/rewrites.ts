import type { RestoreSpec } from '../../../../shared/model/job.ts';
import { rewritten } from '../../icalendar/rewrites/rewritten.ts';
import type { CalendarIndex } from '../../icalendar/types.ts';
import { addressKey } from '../../scheduling/addresses.ts';

/**
 * The sources as they will be sent: with the rewrites that a person consented to. Whose events they are is known only
 * when the calendar was asked for its owner's addresses.
 */
export function asSent(
  index: CalendarIndex,
  { rewrites, workaround }: Pick<RestoreSpec, 'rewrites' | 'workaround'>,
  ownerAddresses: readonly string[],
): CalendarIndex {
  const own = new Set(ownerAddresses.map(addressKey));
  const isOwn = (address: string): boolean => own.has(addressKey(address));
  // A meeting of an owner whose addresses nobody knows may have been cancelled for anybody in it.
  const mayBeOwn = own.size === 0 ? (): boolean => true : isOwn;
  const clientAgent = workaround === 'client-agent' ? isOwn : undefined;
  return rewritten(index, { rewrites, clientAgent, isOwn: mayBeOwn });
}
