import type { SavedFormat } from '../../shared/model/report.ts';
import { HushError } from '../../shared/model/failure.ts';
import type { Desktop } from './ports.ts';
import { saveFile } from './save-file.ts';

/** Rows that a PDF may have: more of them are hundreds of pages, which nobody reads and few computers can draw. */
export const MOST_PRINTED = 5000;

/** A report whose text is made when it is known in which format. */
export interface ReportSource {
  /** A run or a batch. */
  readonly id: string;
  /** Rows of its tables. */
  readonly rows: number;
  readonly text: (
    format: Exclude<SavedFormat, 'pdf'>,
    medium: 'page' | 'pdf',
  ) => Promise<string | AsyncIterable<string>>;
}

/**
 * Asks where to, and saves a report there; false when the person cancels.
 *
 * @throws HushError `REPORT_TOO_LONG` for a PDF of more than MOST_PRINTED rows, `REPORT_NOT_SAVED`
 */
export async function saveReport(
  desktop: Pick<Desktop, 'chooseTarget' | 'printPdf'>,
  { id, rows, text }: ReportSource,
  format: SavedFormat,
): Promise<boolean> {
  if (format === 'pdf' && rows > MOST_PRINTED) throw tooLong(rows);
  const path = await desktop.chooseTarget(`hushcal-${id}.${format}`, format);
  if (path === null) return false;
  if (format !== 'pdf') await saveFile(path, await text(format, 'page'));
  else await saveFile(path, await desktop.printPdf(await whole(await text('html', 'pdf'))));
  return true;
}

async function whole(text: string | AsyncIterable<string>): Promise<string> {
  if (typeof text === 'string') return text;
  let all = '';
  for await (const piece of text) all += piece;
  return all;
}

function tooLong(rows: number): HushError {
  return new HushError({
    code: 'REPORT_TOO_LONG',
    message: `A PDF of ${rows} rows would be hundreds of pages. Save the report as HTML or CSV instead.`,
    reaction: 'fix-input',
  });
}
