import type { Finding } from '../../../../shared/model/plan.ts';
import type { SourceFile } from '../../read/types.ts';

const NOT_ASCII = /[\x80-\xff]/;

/** Repairs that were made to the whole file before it was split, as far as they touch this component. */
export function fileFindings(file: SourceFile | undefined, slice: string, line: number): Finding[] {
  if (file === undefined) return [];
  const findings: Finding[] = [];
  if (file.format === 'jcal') {
    findings.push({ kind: 'repair', code: 'jcal-converted', message: 'jCal is converted to iCalendar text.' });
  } else if (file.encoding !== 'utf-8' && file.encoding !== 'utf-8-bom' && NOT_ASCII.test(slice)) {
    const message = `Characters are converted from ${file.encoding} to UTF-8.`;
    findings.push({ kind: 'repair', code: 'charset-converted', message, line });
  }
  return findings;
}

/** The mark stands before the file's first calendar, so it is told with the first event only. */
export function markFinding(file: SourceFile | undefined, line: number): Finding[] {
  if (file?.encoding !== 'utf-8-bom') return [];
  return [{ kind: 'repair', code: 'bom-removed', message: 'The byte order mark of the file is removed.', line }];
}
