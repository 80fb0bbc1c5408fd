import type { ReportFormat, RunReport } from '../../../shared/model/report.ts';
import { reportCsv } from './csv.ts';
import { reportHtml } from './html.ts';

/** A report as text in one of its formats. `serverName` is how persons call the server, where that is known. */
export function exportReport(report: RunReport, format: ReportFormat, serverName: string | null = null): string {
  switch (format) {
    case 'html':
      return reportHtml(report, serverName);
    case 'csv':
      return reportCsv(report);
    case 'json':
      return `${JSON.stringify(report, null, 1)}\n`;
  }
}
