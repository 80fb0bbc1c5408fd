import type { Finding, PlanRow, PlanSummary } from '../../../shared/model/plan.ts';
import type { ResourceSummary } from '../icalendar/types.ts';

const BY_MAIL = 'alarm-email';
const OVERDUE = 'alarm-overdue';

/** The event's findings, and a warning where a mail alarm's time is over: a server may send it as soon as it is stored. */
export function withOverdue({ findings, mailAlarms }: ResourceSummary, now: number): readonly Finding[] {
  const last = mailAlarms?.lastMs ?? null;
  if (last === null || last >= now || findings.some(({ code }) => code === OVERDUE)) return findings;
  const message = 'The time of its mail alarm is past: the server may send that mail at once, in every mode.';
  return [...findings, { kind: 'warning', code: OVERDUE, message }];
}

/** The warnings about alarms of a text that came from a server, which has no findings of its own. */
export function alarmFindings(summary: ResourceSummary, now: number): readonly Finding[] {
  if (summary.mailAlarms === undefined) return [];
  const message = 'An alarm sends mail; the server may send it when the event is restored.';
  return withOverdue({ ...summary, findings: [{ kind: 'warning', code: BY_MAIL, message }] }, now);
}

/** Writes whose alarms tell people past every header. */
export function countAlarms(writes: readonly { readonly row: PlanRow }[]): NonNullable<PlanSummary['alarms']> {
  const stored = writes.filter(({ row }) => row.action === 'create' || row.action === 'update');
  const having = (code: string): number =>
    stored.filter(({ row }) => row.findings.some((finding) => finding.code === code)).length;
  return { email: having(BY_MAIL), overdue: having(OVERDUE) };
}
