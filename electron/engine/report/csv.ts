import { stringify } from 'csv-stringify/sync';
import type { JobNote } from '../../../shared/model/kept/job-note.ts';
import type { ReportItem, RunReport } from '../../../shared/model/kept/report.ts';
import { placeWords } from './words.ts';

/**
 * RFC 4180, UTF-8 with a BOM so that spreadsheets see it. A value that a spreadsheet would take for a formula gets an
 * apostrophe before it; what some spreadsheets part cells or lines at stands in quotes, so that no part of a value
 * becomes a cell of its own.
 */
export const CSV_FORM = {
  bom: true,
  escape_formulas: true,
  quoted_match: /[\r\n\t;|]/,
  record_delimiter: '\r\n',
} as const;

/** Columns of the CSV, in order. */
const COLUMNS = {
  outcome: (item) => item.outcome,
  action: (item) => item.action,
  title: (item) => item.title,
  start: (item) => item.start ?? '',
  uid: (item) => item.uid,
  reason: (item) => item.reason,
  file: (item) => placeWords({ file: item.file, line: 0 }),
  line: (item) => (item.line === 0 ? '' : String(item.line)),
  components: (item) => String(item.components),
  href: (item) => item.href ?? '',
  status: (item) => (item.status === null ? '' : String(item.status)),
  acting_as: (item) => item.actingAs ?? '',
  verified: (item) => item.verified ?? '',
  differs_in: (item) => item.verifiedProperties.join(' '),
  repairs: (item) => item.repairs.join(' '),
  warnings: (item) => (item.warnings ?? []).join(' '),
  notified: (item) => (item.notified === undefined ? '' : String(item.notified)),
} as const satisfies Readonly<Record<string, (item: ReportItem) => string>>;

/** Rows written together. */
const PORTION = 200;
const HEAD = Object.keys(COLUMNS);
const NOTE = ['ticket', 'note'];

/** One line per row of the run; the ticket and the note of the run stand in each, so that a line says by itself whose it is. */
export function* reportCsv({ run, items }: Pick<RunReport, 'run' | 'items'>): Generator<string> {
  yield csv([[...HEAD, ...NOTE]], true);
  yield* lines(items, [], run);
}

/** The same of several runs, one after the other; two columns more say whose calendar it is. */
export function reportsCsv(reports: readonly RunReport[]): string {
  const whose = reports.flatMap(({ run, items }) => [...lines(items, [run.user, run.calendar], run)]);
  return [csv([['user', 'calendar', ...HEAD, ...NOTE]], true), ...whose].join('');
}

function* lines(items: readonly ReportItem[], before: readonly string[], run: JobNote): Generator<string> {
  const after = [run.ticket ?? '', run.note ?? ''];
  for (let from = 0; from < items.length; from += PORTION) {
    const rows = items.slice(from, from + PORTION);
    yield csv(
      rows.map((item) => [...before, ...Object.values(COLUMNS).map((value) => value(item)), ...after]),
      false,
    );
  }
}

function csv(rows: readonly (readonly string[])[], first: boolean): string {
  return stringify([...rows], { ...CSV_FORM, bom: first });
}
