import type { Move } from '../../../shared/model/migrate.ts';
import type { ServerEvidence } from '../caldav/types.ts';
import { recognise } from '../scheduling/recognise.ts';

/** What a person must know of users who get more calendars than their server makes at once. */
export function limitNotes(
  moves: readonly Pick<Move, 'mailbox' | 'makes'>[],
  servers: ReadonlyMap<string, { readonly evidence: ServerEvidence; readonly calendars: readonly unknown[] }>,
): readonly string[] {
  const notes: string[] = [];
  for (const [mailbox, { evidence, calendars }] of servers) {
    const limits = recognise(evidence)?.profile.calendarLimits;
    const made = moves.filter((move) => move.makes && move.mailbox === mailbox).length;
    if (limits === undefined) continue;
    if (calendars.length + made > limits.inAll) {
      notes.push(`${mailbox} would have ${calendars.length + made} calendars, and this server allows ${limits.inAll}.`);
    } else if (made > limits.perHour) {
      const hours = Math.ceil(made / limits.perHour);
      notes.push(
        `${mailbox} gets ${made} new calendars, and this server makes ${limits.perHour} in an hour: resume after each hour, ${hours} times.`,
      );
    }
  }
  return notes;
}
