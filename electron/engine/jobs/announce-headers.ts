import { announceRow } from '../run/announce-row.ts';
import type { WriteRow } from '../run/context.ts';
import type { RunHead } from '../run/types.ts';
import type { Capability } from '../scheduling/types.ts';

/** How a run writes its rows, where that is not one plain write; undefined for all but announcements. */
export function writerOf({ job }: RunHead, capability: Capability): WriteRow | undefined {
  if (job !== 'announce') return undefined;
  return announceRow({
    lift: ({ row }) => capability.headers('none', 'delete', row.actingAs),
    tell: ({ row }) => capability.headers('external-only', 'create', row.actingAs),
    putBack: ({ row }) => capability.headers('none', 'create', row.actingAs),
  });
}
