import type { RunReport } from '../../../shared/model/kept/report.ts';

/** Where the rows go, as `JSON.stringify` indents it. */
const ROWS = '"items": []';

/** The report as JSON, row by row; the same text as of `JSON.stringify` with an indentation of one space. */
export function* reportJson(report: RunReport): Generator<string> {
  const [before = '', after = ''] = splitAt(JSON.stringify({ ...report, items: [] }, null, 1), `\n ${ROWS}`);
  yield before;
  if (report.items.length === 0) yield `\n ${ROWS}`;
  else {
    yield '\n "items": [';
    for (const [index, item] of report.items.entries()) {
      yield `${index === 0 ? '' : ','}\n  ${JSON.stringify(item, null, 1).replaceAll('\n', '\n  ')}`;
    }
    yield '\n ]';
  }
  yield `${after}\n`;
}

function splitAt(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
