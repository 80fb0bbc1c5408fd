import type { ReportFormat, RunReport } from '../../../shared/model/report.ts';
import { reportCsv } from './csv.ts';
import { reportHtml } from './html.ts';

/** A report as text in one of its formats. */
export function exportReport(report: RunReport, format: ReportFormat): string {
  switch (format) {
    case 'html':
      return reportHtml(report);
    case 'csv':
      return reportCsv(report);
    case 'json':
      return `${JSON.stringify(report, null, 1)}\n`;
  }
}
