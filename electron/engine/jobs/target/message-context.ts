import type { RunSpec } from '../../../../shared/model/job.ts';
import type { ServerEvidence } from '../../caldav/types.ts';
import { domainsOf } from '../../scheduling/addresses.ts';
import { deliversOf } from '../../scheduling/notified/delivers.ts';
import type { NotifiedContext } from '../../scheduling/types.ts';

/** Who is who on one target, for counting. Inside are the domains of the owner's addresses and those an admin names. */
export function notifiedContext(
  { insideDomains = [] }: Pick<RunSpec, 'insideDomains'>,
  ownerAddresses: readonly string[],
  evidence: ServerEvidence,
  now: Date,
  shareeAddresses: readonly string[] = [],
): NotifiedContext {
  const delivers = deliversOf(evidence);
  return {
    ownAddresses: ownerAddresses,
    ...(shareeAddresses.length === 0 ? {} : { shareeAddresses }),
    insideDomains: new Set([
      ...domainsOf([...ownerAddresses, ...shareeAddresses]),
      ...insideDomains.map((domain) => domain.toLowerCase()),
    ]),
    now: now.getTime(),
    ...(delivers === undefined ? {} : { delivers }),
  };
}
