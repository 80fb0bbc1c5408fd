import { TROUBLE } from '../../shared/model/outcome.ts';
import type { RunSnapshot } from '../../shared/model/snapshot.ts';

/** How far all runs together are, 0 to 1; null while nobody can tell. */
export function fractionDone(snapshots: readonly RunSnapshot[]): number | null {
  let done = 0;
  let of = 0;
  for (const { phase } of snapshots) {
    const total = phase?.of ?? null;
    if (phase === null || total === null) return null;
    done += phase.done;
    of += total;
  }
  return of === 0 ? null : Math.min(1, done / of);
}

/** The end of a run in two lines for a notification. "Successful" is not said while anything failed. */
export function sumUp(snapshot: RunSnapshot): { readonly title: string; readonly body: string } {
  const { status, totals, calendar } = snapshot;
  const written = totals.created + totals.updated + totals.deleted;
  const trouble = TROUBLE.reduce((sum, bucket) => sum + totals[bucket], 0);
  const body = `${count(written, 'event')} written, ${count(trouble, 'event')} to look at.`;
  if (status === 'complete')
    return { title: `Restored: ${calendar}`, body: `${count(written, 'event')} written and verified.` };
  if (status === 'stopped')
    return { title: `Stopped: ${calendar}`, body: `${body} The rest can be resumed from History.` };
  if (status === 'refused')
    return { title: `Not restored: ${calendar}`, body: 'Nothing was written. The report says why.' };
  return { title: `Please look: ${calendar}`, body };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
