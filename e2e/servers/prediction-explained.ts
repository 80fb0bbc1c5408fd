import type { ServerName } from './harness.ts';
import { DIFFERENCES, type Difference } from './prediction-differences.ts';
import { sum, type Held } from './prediction.ts';

/** Whether what was captured is not what was predicted: in number, in calendars, or in what the messages are. */
export function differs({ predicted, captured }: Held): boolean {
  return (['REQUEST', 'CANCEL', 'REPLY', 'calendars'] as const).some((one) => predicted[one] !== captured[one]);
}

/** The row that says exactly this difference. */
export function explanationOf(server: ServerName, held: Held): Difference | undefined {
  return DIFFERENCES.find((row) => row.server === server && explains(row, held));
}

function explains(row: Difference, { event, change, predicted, captured, inside }: Held): boolean {
  if (!row.changes.includes(change) || row.events?.includes(event.name) === false) return false;
  const messages = row.messages === 'all' ? sum(predicted) : row.messages === 'inside' ? inside : row.messages;
  const calendars = row.calendars === 'all' ? predicted.calendars : row.calendars;
  if (sum(predicted) - sum(captured) !== messages || predicted.calendars - captured.calendars !== calendars)
    return false;
  return (['REQUEST', 'CANCEL', 'REPLY'] as const).every((one) => captured[one] <= predicted[one] || one === row.as);
}
