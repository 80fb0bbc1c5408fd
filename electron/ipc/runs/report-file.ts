import type { SavedFormat } from '../../../shared/model/kept/report.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { Desktop } from '../ports.ts';
import { saveFile } from '../../save-file.ts';
import { plural } from '../../../shared/words/format.ts';

/** Rows that a PDF may have: more of them are hundreds of pages, which nobody reads and few computers can draw. */
export const MOST_PRINTED = 5000;

/** A report whose text is made when it is known in which format. */
export interface ReportSource {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Rows of its tables. */
  readonly rows: number;
  readonly text: (
    format: Exclude<SavedFormat, 'pdf'>,
    medium: 'page' | 'pdf',
  ) => Promise<string | AsyncIterable<string>>;
}

/**
 * Of the words that a person knows a job by: `restore-alice-Calendar-2026-11-28-2146`, the time on the clock of this
 * computer. What a file system may dislike becomes a dash.
 */
export function reportName(words: readonly string[], startedAt: string): string {
  const at = new Date(startedAt);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return ['hushcal', ...words, day, `${two(at.getHours())}${two(at.getMinutes())}`]
    .flatMap((word) => word.slice(0, 40).split(/[^\p{L}\p{N}@_.]/u))
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .join('-');
}

/** Saves reports where a person wants them, and knows the last one. */
export class SavedReports {
  readonly #desktop: Pick<Desktop, 'chooseTarget' | 'printPdf' | 'showInFolder'>;
  #last: string | null = null;

  constructor(desktop: Pick<Desktop, 'chooseTarget' | 'printPdf' | 'showInFolder'>) {
    this.#desktop = desktop;
  }

  /**
   * Asks where to, and saves a report there; null when the person cancels.
   *
   * @throws HushError `REPORT_TOO_LONG` for a PDF of more than MOST_PRINTED rows, `REPORT_NOT_SAVED`
   */
  async save({ name, rows, text }: ReportSource, format: SavedFormat): Promise<string | null> {
    if (format === 'pdf' && rows > MOST_PRINTED) throw tooLong(rows);
    const path = await this.#desktop.chooseTarget(`${name}.${format}`, format);
    if (path === null) return null;
    if (format !== 'pdf') await saveFile(path, await text(format, 'page'));
    else await saveFile(path, await this.#desktop.printPdf(await whole(await text('html', 'pdf'))));
    this.#last = path;
    return path;
  }

  /** Shows the last one in the file manager. */
  show(): void {
    if (this.#last !== null) this.#desktop.showInFolder(this.#last);
  }
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
    message: `A PDF of ${plural(rows, 'row')} would be hundreds of pages. Save the report as HTML or CSV instead.`,
    reaction: 'fix-input',
  });
}
