import { countWritten, TROUBLE } from '../../../shared/model/outcome.ts';
import type { BatchSnapshot } from '../../../shared/model/batch/batch-snapshot.ts';
import type { BatchKind } from '../../../shared/model/batch/batch.ts';
import type { JobKind } from '../../../shared/model/job.ts';
import type { Summed } from './calls.ts';
import type { RunSnapshot } from '../../../shared/model/snapshot.ts';
import { plural } from '../../../shared/words/format.ts';
import { isolate } from '../../../shared/words/isolate.ts';

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

/** How far all batches together are, 0 to 1; null while nobody can tell. */
export function batchFraction(snapshots: readonly BatchSnapshot[]): number | null {
  const members = snapshots.flatMap((snapshot) => snapshot.members);
  const of = members.reduce((sum, member) => sum + member.writes, 0);
  const done = members.reduce((sum, member) => sum + Math.min(member.written, member.writes), 0);
  return of === 0 ? null : done / of;
}

const BATCHES: Readonly<Record<BatchKind, string>> = {
  migrate: 'Migration',
  cleanup: 'Clean-up',
  announce: 'Announcement',
  undo: 'Undo',
  restore: 'Restore',
};

/** The end of a batch in two lines for a notification. */
export function sumUpBatch({ kind, status, totals, members }: BatchSnapshot): Summed {
  const name = kind === null ? 'A job' : BATCHES[kind];
  const written = countWritten(totals);
  const need = members.filter(({ state }) => state === 'needs-attention').length;
  const body = `${plural(written, 'event')} written in ${plural(members.length, 'calendar')}.`;
  if (status === 'complete') return { title: `${name}: complete`, body };
  if (status === 'stopped') return { title: `${name}: stopped`, body: `${body} It can be resumed from History.` };
  if (status === 'refused') return { title: `${name}: nothing written`, body: 'The report says why.' };
  return { title: `${name}: needs attention`, body: `${body} ${plural(need, 'calendar')} to check.` };
}

/** What a job did, once it is done. */
const DEEDS: Readonly<Record<JobKind, string>> = {
  restore: 'restored',
  undo: 'undone',
  retry: 'tried again',
  migrate: 'migrated',
  cleanup: 'cleaned up',
  announce: 'announced',
};

/** The end of a run in two lines for a notification. "Successful" is not said while anything failed. */
export function sumUp(snapshot: RunSnapshot): Summed {
  const { job, status, totals, calendar } = snapshot;
  const deed = job === null ? 'done' : DEEDS[job];
  const written = countWritten(totals);
  const trouble = TROUBLE.reduce((sum, bucket) => sum + totals[bucket], 0);
  const body = `${plural(written, 'event')} written, ${plural(trouble, 'event')} to check.`;
  if (status === 'complete')
    return {
      title: `${capital(deed)}: ${isolate(calendar)}`,
      body: `${plural(written, 'event')} written and verified.`,
    };
  if (status === 'stopped')
    return { title: `Stopped: ${isolate(calendar)}`, body: `${body} The rest can be resumed from History.` };
  if (status === 'refused')
    return { title: `Not ${deed}: ${isolate(calendar)}`, body: 'Nothing was written. The report says why.' };
  return { title: `Needs attention: ${isolate(calendar)}`, body };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
