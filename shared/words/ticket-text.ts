import type { BatchEntry } from '../model/batch/batch.ts';
import type { JobKind } from '../model/job.ts';
import { countAttention, countWritten } from '../model/outcome.ts';
import type { RunEntry } from '../model/kept/report.ts';
import { actorName } from '../text/display-names.ts';
import { doneWords } from './done.ts';
import { formatMomentInZone, formatNumber, plural } from './format.ts';
import { localZone } from './here.ts';
import { isolate } from './isolate.ts';

/** Between what was done and the name of the calendar. */
const WHERE: Readonly<Record<JobKind, string>> = {
  restore: 'into',
  retry: 'into',
  migrate: 'into',
  undo: 'in',
  cleanup: 'from',
  announce: 'from',
};

/**
 * A run in one sentence for a ticket: `INC-4711: 31 events restored into alice's Calendar on mail.example.org, nobody
 * notified, Nov 28, 2026, 10:04 PM Europe/Berlin, run …`. `serverName` is how persons call the server, where that is known.
 */
export function runTicketText(run: RunEntry, serverName: string | null = null): string {
  const place = `${isolate(actorName(run))}'s ${isolate(run.calendar)} on ${serverName ?? run.server}`;
  return sentence(run, `${doneWords(run.job, run.totals)} ${WHERE[run.job]} ${place}`, run.runId);
}

/** The same of a job over many calendars. */
export function batchTicketText(batch: BatchEntry): string {
  const done = `${doneWords(batch.kind, batch.totals)} ${WHERE[batch.kind]}`;
  const place = `${done} ${plural(batch.members, 'calendar')}`;
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
