import type { ReportFormat, RunReport } from '../../../shared/model/kept/report.ts';
import { reportCsv } from './csv.ts';
import { reportHtml, type Medium } from './html.ts';
import { reportJson } from './json.ts';

/** Characters of a piece at least, but for the last one: what is written at once. */
const PIECE = 64 * 1024;

/**
 * A report in one of its formats, piece by piece: the text of a large one is never held as a whole. `serverName` is how
 * persons call the server, where that is known.
 */
export function* exportReport(
  report: RunReport,
  format: ReportFormat,
  serverName: string | null = null,
  medium: Medium = 'page',
): Generator<string> {
  let piece = '';
  for (const part of partsOf(report, format, serverName, medium)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function partsOf(report: RunReport, format: ReportFormat, serverName: string | null, medium: Medium): Iterable<string> {
  switch (format) {
    case 'html':
      return reportHtml(report, serverName, medium);
    case 'csv':
      return reportCsv(report);
    case 'json':
      return reportJson(report);
  }
}
