import { countAttention, STORED } from '../../../shared/model/outcome.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import { warningsOf, type PlanSummary } from '../../../shared/model/plan.ts';
import type { ReportItem, RunEntry, RunReport } from '../../../shared/model/kept/report.ts';
import type { Work } from '../yielding.ts';
import type { Replay, RowState } from '../run/kept/replay.ts';
import { endOfRow, isRetriable, outcomeOf, wasApplied } from '../run/tally.ts';
import type { RunHead, RunStep } from '../run/types.ts';
import { momentOfRun } from './words.ts';
import { formatNumber, plural } from '../../../shared/words/format.ts';

/** The report of a run, from its plan and its journal. */
export function* buildReport(
  entry: RunEntry,
  summary: PlanSummary,
  steps: readonly RunStep[],
  stateOf: (row: number) => RowState | undefined,
  head: Pick<RunHead, 'spec' | 'parent'>,
  problems: readonly Failure[],
  calendar: Replay['calendar'] | null = null,
): Work<RunReport> {
  const items: ReportItem[] = [];
  for (const [row, step] of steps.entries()) {
    items.push(reportItem(step, row, stateOf(row)));
    yield;
  }
  return {
    version: 1,
    run: entry,
    summary,
    items,
    // What ended it first: it is why the rest was not reached.
    notes: [
      ...problems.map((one) => one.message),
      ...notesOf(entry, summary, items, head, problems.length > 0),
      ...calendarNotes(summary, calendar),
    ],
  };
}

function reportItem(step: RunStep, row: number, state: RowState | undefined): ReportItem {
  const { outcome, reason, status, href } = outcomeOf(step, state);
  const { uid, title, organizer, start, startsAt, action, bin, file, line, components, actingAs, findings, notified } =
    step.row;
  const warnings = warningsOf(findings);
  return {
    row,
    uid,
    title,
    ...(organizer === null ? {} : { organizer }),
    start,
    ...(startsAt === undefined ? {} : { startsAt }),
    href: href ?? step.row.href,
    action,
    ...(bin === undefined ? {} : { bin }),
    outcome,
    ...(endOfRow(step, state).open === true ? { open: true as const } : {}),
    ...(isRetriable(step) ? { retriable: true as const } : {}),
    reason,
    file,
    line,
    components,
    status,
    actingAs,
    repairs: findings.filter((finding) => finding.kind === 'repair').map((finding) => finding.message),
    ...(warnings.length === 0 ? {} : { warnings }),
    verified: state?.verified?.verdict ?? null,
    verifiedProperties: state?.verified?.properties ?? [],
    notified: wasApplied(state) ? notified : 0,
  };
}

/** What became of the calendar that was to be made, and what stays of one that an earlier run made. */
function calendarNotes({ makes, notes }: PlanSummary, calendar: Replay['calendar'] | null): readonly string[] {
  if (makes === undefined) return notes ?? [];
  if (calendar?.made !== true) return [`The calendar "${makes.name}" was not made.`];
  const more = (notes ?? []).slice(1);
  const made = `The calendar "${makes.name}" did not exist and was made at ${makes.url}.`;
  const { notSet, adjusted } = calendar;
  return [
    made,
    ...(notSet.length === 0 ? [] : [`The server did not take its ${notSet.join(', ')}.`]),
    ...(adjusted.length === 0 ? [] : [`The server adjusted its ${adjusted.join(', ')}.`]),
    ...more,
  ];
}

/** Sentences that a reader must know. */
function notesOf(
  entry: RunEntry,
  summary: PlanSummary,
  items: readonly ReportItem[],
  head: Pick<RunHead, 'spec' | 'parent'>,
  saysWhy: boolean,
): readonly string[] {
  const notes: string[] = [];
  const { totals } = entry;
  if (entry.running) notes.push('This run is still in progress: the numbers are those of this moment.');
  else if (entry.status === 'interrupted')
    notes.push('The program ended in the middle of this run. It can be resumed.');
  else if (entry.status === 'stopped' && !saysWhy)
    notes.push('This run was stopped before its end. It can be resumed.');
  notes.push(...(entry.leftOver ?? []));
  if (entry.job === 'undo') notes.push(`Undid the run of ${momentOfRun(head.parent ?? '')}.`);
  const { undoes } = summary;
  if (undoes !== undefined) {
    notes.push(
      `That run notified ${plural(undoes.notified.people, 'person', 'people')} in ${plural(undoes.notified.messages, 'message')}; what was sent stays sent.`,
    );
  }
  if (entry.job === 'retry') notes.push(`Tried again what failed in the run of ${momentOfRun(head.parent ?? '')}.`);
  const schedules = summary.verdict.assurance !== 'noScheduling';
  if (schedules && entry.job !== 'undo' && STORED.some((bucket) => totals[bucket] > 0) && summary.withGuests > 0) {
    notes.push('From now on any edit of these meetings notifies guests as usual.');
  }
  if (head.spec.assume.includes('no-mail-hook')) {
    notes.push(
      'That nobody is notified rests on the confirmation of the administrator that the mail hook of this server is off.',
    );
  }
  if (summary.alarms !== undefined && summary.alarms.email > 0) notes.push(alarmsNote(summary.alarms));
  const rewritten = items.filter((item) => item.verified === 'rewritten').length;
  if (rewritten > 0)
    notes.push(
      `The server adjusted ${formatNumber(rewritten)} of the entries on storing them; their meaning is the same.`,
    );
  if (countAttention(entry) > 0) {
    notes.push('Some events need attention (listed first).');
  }
  return notes;
}

function alarmsNote({ email, overdue }: NonNullable<PlanSummary['alarms']>): string {
  const over =
    overdue === 0 ? '' : ` ${overdue === 1 ? 'One of them was' : `${formatNumber(overdue)} of them were`} already due.`;
  const have = email === 1 ? '1 entry has an alarm' : `${formatNumber(email)} entries have alarms`;
  return `${have} that the server may send by mail, whatever the mode.${over}`;
}
