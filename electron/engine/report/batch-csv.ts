import { stringify } from 'csv-stringify/sync';
import type { BatchReport, MemberReport } from '../../../shared/model/batch/batch.ts';
import { OUTCOMES } from '../../../shared/model/outcome.ts';
import { differenceWords } from './batch-words.ts';
import { CSV_FORM } from './csv.ts';

/** Columns of the CSV, in order. */
const COLUMNS = {
  mailbox: (member) => member.mailbox,
  calendar: (member) => member.calendar,
  state: (member) => member.state,
  before: (member) => numberOr(member.before),
  after: (member) => numberOr(member.after),
  differences: differenceWords,
  problem: (member) => member.problem?.message ?? '',
  ...Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, (member: MemberReport): string => String(member.totals?.[outcome] ?? 0)]),
  ),
  verified: (member) => String(member.verified),
  asked: (member) => member.verdict?.asked ?? '',
  effective: (member) => member.verdict?.effective ?? '',
  not_carried: (member) => member.notCarried.join(' '),
  url: (member) => member.calendarUrl ?? '',
  run: (member) => member.runIds.at(-1) ?? '',
} as const satisfies Readonly<Record<string, (member: MemberReport) => string>>;

/** One line per calendar. */
export function batchCsv({ batch, members }: Pick<BatchReport, 'batch' | 'members'>): string {
  const columns = Object.entries(COLUMNS);
  const note = [batch.ticket ?? '', batch.note ?? ''];
  const rows = members.map((member) => [...columns.map(([, value]) => value(member)), ...note]);
  const names = [...columns.map(([name]) => name), 'ticket', 'note'];
  return stringify([names, ...rows], CSV_FORM);
}

function numberOr(value: number | null): string {
  return value === null ? '' : String(value);
}
