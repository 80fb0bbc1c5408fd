import { EarlierAnnouncements } from '../stored/written-rows.ts';
import { announceRow } from '../../run/writing/announce-row.ts';
import type { WriteRow } from '../../run/context.ts';
import type { RunHead } from '../../run/types.ts';
import type { Capability } from '../../scheduling/types.ts';

/** How a run writes its rows, where that is not one plain write; undefined for all but announcements. */
export function writerOf({ job }: RunHead, capability: Capability): WriteRow | undefined {
  if (job !== 'announce') return undefined;
  return announceRow({
    lift: ({ row }) => capability.headers('none', 'delete', row.actingAs),
    tell: ({ row }) => capability.headers('external-only', 'create', row.actingAs),
    putBack: ({ row }) => capability.headers('none', 'create', row.actingAs),
  });
}

/** The same for a run that is taken up again: what another announcement has told since is left out. */
export async function writerAgain(
  runsDir: string,
  { runId, spec }: RunHead,
  write: WriteRow | undefined,
): Promise<WriteRow | undefined> {
  if (write === undefined) return undefined;
  const { notified } = await new EarlierAnnouncements(runsDir).notifiedIn(spec.calendarUrl, runId);
  return (context, row, mayHaveBeenSent) => {
    const { uid = '', href = null } = context.log.steps[row]?.row ?? {};
    if (!notified.has(uid) || context.log.state(row).telling) return write(context, row, mayHaveBeenSent);
    const reason = 'Its guests were notified by another announcement.';
    const outcome = { outcome: 'skipped', reason, status: null, href, etag: null, ms: null } as const;
    return Promise.resolve({ kind: 'final', outcome });
  };
}
