import type { AuditLine } from '../../../shared/model/kept/audit.ts';
import { notifiedByPlan } from '../../../shared/model/consent.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import type { RunStatus } from '../../../shared/model/job.ts';
import type { Totals } from '../../../shared/model/outcome.ts';
import type { RunHead } from '../run/types.ts';
import type { JobAudit } from '../types.ts';
import { noteAudit, type AuditPorts } from './write.ts';

/** What the audit says of a run or a batch before it begins. */
type Planned = Omit<
  Extract<AuditLine, { what: 'start' }>,
  'what' | 'kind' | 'at' | 'by' | 'prev' | 'resumed' | 'ticket'
>;

export interface Audit extends JobAudit {
  /** A person agreed to it, now. Throws HushError `AUDIT_NOT_WRITTEN`. */
  consented(ticket: string | undefined): Promise<void>;
}

/** The audit of one run. */
export function auditOfRun(ports: AuditPorts, head: RunHead, resumed = false): Audit {
  return auditOf(ports, plannedOf(head), resumed);
}

/** The lines of one job, from consent to its end; each is on the disk when its promise resolves. */
export function auditOf(ports: AuditPorts, planned: Planned, resumed: boolean): Audit {
  const { job, id, batch } = planned;
  const about = { job, id, ...(batch === undefined ? {} : { batch }) };
  let stopping: Promise<void> | null = null;
  return {
    consented: (ticket) =>
      noteAudit(ports, { what: 'consent', ...planned, resumed, ...(ticket === undefined ? {} : { ticket }) }),
    started: () => noteAudit(ports, { what: 'start', ...planned, resumed }),
    stopping() {
      // What cannot be noted is known at the end, which waits for it.
      stopping ??= noteAudit(ports, { what: 'stop', ...about });
      stopping.catch(() => undefined);
    },
    async ended(status: RunStatus, totals: Totals, problems: readonly Failure[]) {
      await stopping;
      const codes = [...new Set(problems.map(({ code }) => code))];
      await noteAudit(ports, { what: 'end', ...about, status, totals: { ...totals }, problems: codes });
    },
  };
}

function plannedOf({ job, runId, batch, hash, spec, summary, parent }: RunHead): Planned {
  const { asked, effective, assurance, because, evidence } = summary.verdict;
  const { people, messages } = notifiedByPlan(summary);
  const { create, update, delete: deleted } = summary.counts;
  return {
    job,
    id: runId,
    ...(batch === undefined ? {} : { batch }),
    plan: hash,
    target: {
      calendarUrl: withoutCredentials(spec.calendarUrl),
      user: spec.user,
      ...(spec.behalf === undefined ? {} : { behalf: spec.behalf.user }),
    },
    mode: { asked, effective, assurance: [assurance], evidence: evidence ?? [because] },
    numbers: { calendars: 1, events: create + update + deleted, people, messages },
    ...(parent === null ? {} : { of: parent }),
  };
}

function withoutCredentials(url: string): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain.href;
}
