import type { BatchEntry } from '../model/batch.ts';
import type { JobKind } from '../model/job.ts';
import { countAttention, countWritten } from '../model/outcome.ts';
import type { RunEntry } from '../model/report.ts';
import { actorName } from '../text/display-names.ts';
import { formatMomentInZone, formatNumber, plural } from './format.ts';
import { localZone } from './here.ts';
import { isolate } from './isolate.ts';

/** What was done to the events of a calendar, between their number and the name of the calendar. */
const DONE: Readonly<Record<JobKind, string>> = {
  restore: 'restored into',
  retry: 'restored into',
  migrate: 'copied into',
  undo: 'undone in',
  cleanup: 'removed from',
  announce: 'announced from',
};

/**
 * A run in one sentence for a ticket: `INC-4711: 31 events restored into alice's Calendar on mail.example.org, nobody
 * notified, Nov 28, 2026, 10:04 PM Europe/Berlin, run …`. `serverName` is how persons call the server, where that is known.
 */
export function runTicketText(run: RunEntry, serverName: string | null = null): string {
  const place = `${isolate(actorName(run))}'s ${isolate(run.calendar)} on ${serverName ?? run.server}`;
  return sentence(run, `${DONE[run.job]} ${place}`, run.runId);
}

/** The same of a job over many calendars. */
export function batchTicketText(batch: BatchEntry): string {
  const place = `${DONE[batch.kind]} ${plural(batch.members, 'calendar')}`;
  const open = batch.members - batch.done;
  const rest = open === 0 ? '' : `, ${formatNumber(open)} of ${plural(batch.members, 'calendar')} not done`;
  return sentence(batch, `${place}${rest}`, batch.batchId);
}

type Job = Pick<RunEntry, 'totals' | 'notified' | 'startedAt' | 'endedAt' | 'ticket'> & {
  readonly attention?: number | undefined;
};

function sentence(job: Job, done: string, id: string): string {
  const { totals, notified, startedAt, endedAt, ticket } = job;
  const trouble = countAttention(job);
  const parts = [
    `${plural(countWritten(totals), 'event')} ${done}`,
    notified === 0 ? 'nobody notified' : `${plural(notified, 'person', 'people')} notified`,
    trouble === 0 ? '' : `${formatNumber(trouble)} ${trouble === 1 ? 'needs' : 'need'} attention`,
    formatMomentInZone(endedAt ?? startedAt, localZone()),
    `run ${id}`,
  ];
  const said = parts.filter((part) => part !== '').join(', ');
  return ticket === undefined ? said : `${isolate(ticket)}: ${said}`;
}
