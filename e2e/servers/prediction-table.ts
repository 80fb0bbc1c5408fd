import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Difference } from './prediction-differences.ts';
import { differs, explanationOf } from './prediction-explained.ts';
import { CHANGES, sum, type Held } from './prediction.ts';
import type { ServerName } from './harness.ts';

const OUTPUT = path.resolve(import.meta.dirname, '../output');

/** The prediction beside what happened, for a reader; also kept as `e2e/output/prediction-SERVER-MODE.md`. */
export function keepTable(server: ServerName, version: string, mode: string, held: readonly Held[]): string {
  const text = `${title(server, version, mode, held)}\n\n${numbers(server, held)}\n${reasons(server, held)}`;
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(path.join(OUTPUT, `prediction-${server}-${mode}.md`), text);
  return text;
}

function title(server: ServerName, version: string, mode: string, held: readonly Held[]): string {
  const events = new Set(held.map(({ event }) => event.name)).size;
  return `Prediction and reality: ${server} ${version}, mode ${mode}, ${String(events)} events`;
}

function numbers(server: ServerName, held: readonly Held[]): string {
  const head = ['change', 'events', 'predicted', 'captured', 'declared', 'calendars', 'changed', 'declared', 'exact'];
  const rows = [...CHANGES, 'total'].map((change) => {
    const rowsOf = held.filter((one) => change === 'total' || one.change === change);
    const add = (value: (one: Held) => number): number => rowsOf.reduce((all, one) => all + value(one), 0);
    const declared = rowsOf.filter((one) => explanationOf(server, one) !== undefined && differs(one));
    const less = (value: (one: Held) => number): number => declared.reduce((all, one) => all + value(one), 0);
    return [
      change,
      rowsOf.length,
      add(({ predicted }) => sum(predicted)),
      add(({ captured }) => sum(captured)),
      less(({ predicted, captured }) => sum(predicted) - sum(captured)),
      add(({ predicted }) => predicted.calendars),
      add(({ captured }) => captured.calendars),
      less(({ predicted, captured }) => predicted.calendars - captured.calendars),
      rowsOf.filter((one) => !differs(one)).length,
    ];
  });
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

/** How often each declared difference was met. */
function reasons(server: ServerName, held: readonly Held[]): string {
  const counts = new Map<Difference['reason'], number>();
  for (const one of held) {
    const row = differs(one) ? explanationOf(server, one) : undefined;
    if (row !== undefined) counts.set(row.reason, (counts.get(row.reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `- ${String(count)} times: ${reason}\n`).join('');
}
