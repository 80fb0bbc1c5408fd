import { CsvError, parse } from 'csv-parse/sync';
import { NO_CELLS, type Mapping, type MappingProblem, type MappingRow } from '../../../shared/model/batch/migrate.ts';
import { problemsOf } from './cells.ts';
import { COLUMN_NAMES, fieldNamed, isTokenHeading, type Field } from './columns.ts';

/**
 * Reads a mapping: a CSV, or what was copied out of a spreadsheet. Separators are commas, semicolons or tabs; headings
 * are known in many spellings, and two columns need none. A row with a problem is left out and named; the rest goes on.
 */
export function readMapping(text: string): Mapping {
  const { records, problems } = parseCsv(text.replace(/^\ufeff/, ''));
  const [first] = records;
  if (first === undefined) {
    const nothing = { line: 1, column: '', message: 'There is no row in this list.' };
    return { rows: [], problems: problems.length === 0 ? [nothing] : problems, unknownColumns: [] };
  }
  const columns = columnsOf(first.cells);
  if (columns === null) return { rows: [], problems: [...problems, noHeadings(first)], unknownColumns: [] };
  const rows: MappingRow[] = [];
  const seen = new Map<string, number>();
  for (const record of records.slice(columns.headings ? 1 : 0)) {
    const row = rowOf(record, columns);
    const wrong = [...tooMany(record, columns), ...problemsOf(row)];
    const twice = wrong.length === 0 ? repeated(row, seen) : [];
    if (wrong.length + twice.length === 0) rows.push(row);
    problems.push(...wrong, ...twice);
  }
  return { rows, problems: [...columns.problems(first.line), ...problems], unknownColumns: columns.unknown };
}

/** Characters of one row. One that is longer is none: its quotes are not closed, or it is no list. */
const LONGEST_ROW = 65_536;

const TOO_LONG =
  'A row is longer than 65,536 characters, so this list is not read. Check its quotes, and that it is a CSV.';

/** The first line that is longer than any row, from 1; null where there is none. The parser looks at each character far longer. */
function longLineOf(text: string): number | null {
  for (let at = 0, line = 1; at < text.length; line += 1) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found;
    if (end - at > LONGEST_ROW) return line;
    at = end + 1;
  }
  return null;
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

interface CsvRecord {
  /** 1-based, of its first line. */
  readonly line: number;
  readonly cells: readonly string[];
}

function parseCsv(text: string): { readonly records: readonly CsvRecord[]; readonly problems: MappingProblem[] } {
  const problems: MappingProblem[] = [];
  const options = {
    delimiter: separatorOf(text),
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
    trim: true,
    skip_empty_lines: true,
    raw: true,
    info: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      if (error?.code === 'CSV_MAX_RECORD_SIZE') throw error;
      if (error !== undefined) problems.push(problemOf(error));
      return undefined;
    },
  } as const;
  let parsed: readonly ParsedRecord[];
  const long = longLineOf(text);
  if (long !== null) return { records: [], problems: [{ line: long, column: '', message: TOO_LONG }] };
  try {
    // With `info`, the typings of csv-parse say nothing about the shape of a record.
    parsed = parse(text, options) as unknown as readonly ParsedRecord[];
  } catch (error) {
    // What follows a row without an end may be a part of it: nothing is taken of such a list.
    if (!(error instanceof CsvError)) throw error;
    return { records: [], problems: [problemOf(error)] };
  }
  const records = parsed.flatMap(({ record, raw, info }) => {
    if (record.every((cell) => cell === '')) return [];
    const within = raw.replace(/\r?\n$/, '').split('\n').length - 1;
    return [{ line: info.lines - within, cells: record }];
  });
  return { records, problems };
}

/** The separator that the first line with something in it has most of, outside of quotes. */
function separatorOf(text: string): string {
  const start = text.search(/\S/);
  const counts = new Map([',', ';', '\t'].map((mark) => [mark, 0]));
  let quoted = false;
  for (const mark of text.slice(Math.max(0, start), Math.max(0, start) + LONGEST_ROW)) {
    if (mark === '\n') break;
    if (mark === '"') quoted = !quoted;
    if (!quoted) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return [',', ';', '\t'].reduce((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best));
}

interface Columns {
  readonly fields: readonly (Field | 'note' | null)[];
  /** Headings that say nothing known. */
  readonly unknown: readonly string[];
  /** The first record holds headings. */
  readonly headings: boolean;
  readonly tokens: boolean;
  problems(line: number): readonly MappingProblem[];
}

/** What each column is about; null when the first line does not say it and there are more than two. */
function columnsOf(first: readonly string[]): Columns | null {
  const fields = first.map(fieldNamed);
  if (fields.includes('source') && fields.includes('user')) {
    const unknown = first.filter((heading, at) => fields[at] === null && heading !== '');
    const twice = fields.map((field, at) => (field !== 'note' && fields.indexOf(field) < at ? null : field));
    const tokens = first.some((heading, at) => twice[at] === 'secret' && isTokenHeading(heading));
    const problems = (line: number): readonly MappingProblem[] =>
      fields.flatMap((field, at) =>
        field === null || field === 'note' || twice[at] !== null
          ? []
          : [
              {
                line,
                column: first[at] ?? '',
                message: `A second column for "${COLUMN_NAMES[field]}": the first one counts.`,
              },
            ],
      );
    return { fields: twice, unknown, headings: true, tokens, problems };
  }
  const named = fields.some((field) => field !== null);
  if (first.length !== 2 || named) return null;
  return { fields: ['source', 'user'], unknown: [], headings: false, tokens: false, problems: () => [] };
}

function rowOf({ line, cells }: CsvRecord, { fields, tokens }: Columns): MappingRow {
  const row: Record<Field, string> = { ...NO_CELLS };
  for (const [at, field] of fields.entries()) if (field !== null && field !== 'note') row[field] = cells[at] ?? '';
  return { line, ...row, ...(tokens ? { credential: 'token' as const } : {}) };
}

function tooMany({ line, cells }: CsvRecord, { fields }: Columns): readonly MappingProblem[] {
  const extra = cells.slice(fields.length).filter((cell) => cell !== '');
  if (extra.length === 0) return [];
  const message = `The row has more cells than there are columns. Put a cell with a separator in it into quotes.`;
  return [{ line, column: '', message }];
}

/** The same source into the same calendar twice is a slip of the hand. */
function repeated(row: MappingRow, seen: Map<string, number>): readonly MappingProblem[] {
  const key = JSON.stringify([row.source, row.user.toLowerCase(), row.calendar]);
  const before = seen.get(key);
  if (before === undefined) {
    seen.set(key, row.line);
    return [];
  }
  return [{ line: row.line, column: COLUMN_NAMES.user, message: `It is the same as line ${before}.` }];
}

function noHeadings({ line }: CsvRecord): MappingProblem {
  const message =
    'The first line does not name the columns. Name at least "source" and "user"; only a list of just these two needs no names.';
  return { line, column: '', message };
}

function problemOf(error: CsvError): MappingProblem {
  return { line: Number(error['lines'] ?? 0), column: '', message: unreadable(error) };
}

function unreadable({ code }: CsvError): string {
  if (code === 'CSV_MAX_RECORD_SIZE') return TOO_LONG;
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'A quote is opened and never closed, so the rest of the list cannot be read.'
    : 'This row cannot be read: its quotes do not match.';
}
