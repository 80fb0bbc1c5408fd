import type { BatchKind, BatchMember, BatchSummary } from '../../../shared/model/batch/batch.ts';
import { ACTIONS } from '../../../shared/model/plan.ts';
import { effectiveOf } from '../../../shared/model/batch/batch-mode.ts';
import { oneLine, notifiedTable } from './plan-text.ts';

/** Calendars that are named one by one. */
const LISTED = 40;

const JOBS: Readonly<Record<BatchKind, string>> = {
  migrate: 'migrate',
  cleanup: 'clean up',
  announce: 'notify external guests',
  undo: 'undo',
  restore: 'restore',
};

/** A planned batch as a person reads it. */
export function batchText(summary: BatchSummary, members: readonly BatchMember[]): string {
  const { effective, because } = effectiveOf(members);
  const blocked = members.filter(({ problem }) => problem !== null);
  const able = members.length - blocked.length;
  return [
    `Job         ${JOBS[summary.kind]}: ${calendars(able)}${blocked.length === 0 ? '' : `; ${calendars(blocked.length)} cannot be worked on`}`,
    `Mode        asked ${summary.asked} → ${effective ?? noneWord(because)}. ${because}`,
    `Entries     ${entriesText(summary)}`,
    ...summary.notes.map((note) => `Note        ${oneLine(note)}`),
    '',
    notifiedTable(summary.notified, effective),
    ...lines(members.filter(({ problem }) => problem === null).map(memberText), 'Calendars'),
    ...lines(blocked.map(blockedText), 'Cannot be worked on, and are left out'),
    ...lines(members.flatMap(notCarriedText), 'Cannot be carried along'),
    ...summary.stops.map((stop) => `${stop.override ? 'Careful:' : 'Stop:'} ${oneLine(stop.message)}`),
    `Plan        ${summary.hash}`,
  ].join('\n');
}

function entriesText({ counts }: Pick<BatchSummary, 'counts'>): string {
  const used = ACTIONS.filter((action) => counts[action] > 0);
  return used.length === 0 ? 'none' : used.map((action) => `${counts[action]} ${action}`).join(', ');
}

function memberText({ mailbox, calendar, counts, verdict }: BatchMember): string {
  const mode = verdict?.effective ?? '';
  const entries = counts === null ? '' : entriesText({ counts });
  return `${oneLine(mailbox)} "${oneLine(calendar)}": ${entries} (${mode})`;
}

function blockedText({ mailbox, calendar, problem }: BatchMember): string {
  return `${oneLine(mailbox)} "${oneLine(calendar)}": ${oneLine(problem?.message ?? '')}`;
}

function notCarriedText({ mailbox, calendar, notCarried }: BatchMember): readonly string[] {
  return notCarried.map((what) => `${oneLine(mailbox)} "${oneLine(calendar)}": ${oneLine(what)}`);
}

function lines(all: readonly string[], heading: string): readonly string[] {
  if (all.length === 0) return [];
  const more = all.length - LISTED;
  const rest = more > 0 ? [`  … and ${more} more; --json lists all.`] : [];
  return [`${heading}:`, ...all.slice(0, LISTED).map((line) => `  ${line}`), ...rest, ''];
}

function calendars(count: number): string {
  return `${count} ${count === 1 ? 'calendar' : 'calendars'}`;
}

/** What stands where one effective mode would stand: calendars may have several, or none can be written to. */
export function noneWord(because: string): string {
  return because.startsWith('The calendars have different modes') ? 'by calendar' : 'blocked';
}
