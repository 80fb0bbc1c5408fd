import type { Move } from '../../../shared/model/batch/migrate.ts';
import type { ServerEvidence } from '../caldav/types.ts';
import { recognise } from '../scheduling/recognise.ts';
import { formatNumber, plural } from '../../../shared/words/format.ts';

type Servers = ReadonlyMap<string, { readonly evidence: ServerEvidence; readonly calendars: readonly unknown[] }>;

/**
 * The same moves, those that have to wait for their calendar last: nobody waits behind a user who gets more calendars
 * than the server makes in an hour.
 */
export function inRounds<M extends Pick<Move, 'mailbox' | 'makes'>>(
  moves: readonly M[],
  servers: Servers,
): readonly M[] {
  const made = new Map<string, number>();
  const roundOf = ({ mailbox, makes }: M): number => {
    const evidence = servers.get(mailbox)?.evidence;
    const perHour = evidence === undefined ? undefined : recognise(evidence)?.profile.calendarLimits?.perHour;
    if (!makes || perHour === undefined) return 0;
    const before = made.get(mailbox) ?? 0;
    made.set(mailbox, before + 1);
    return Math.floor(before / perHour);
  };
  const rounds = moves.map((move) => ({ move, round: roundOf(move) }));
  return rounds.sort((a, b) => a.round - b.round).map(({ move }) => move);
}

/** What a person must know of users who get more calendars than their server makes at once. */
export function limitNotes(moves: readonly Pick<Move, 'mailbox' | 'makes'>[], servers: Servers): readonly string[] {
  const notes: string[] = [];
  for (const [mailbox, { evidence, calendars }] of servers) {
    const limits = recognise(evidence)?.profile.calendarLimits;
    const made = moves.filter((move) => move.makes && move.mailbox === mailbox).length;
    if (limits === undefined) continue;
    if (calendars.length + made > limits.inAll) {
      notes.push(
        `${mailbox} would have ${plural(calendars.length + made, 'calendar')}, and this server allows ${formatNumber(limits.inAll)}.`,
      );
    } else if (made > limits.perHour) {
      const hours = Math.ceil(made / limits.perHour);
      notes.push(
        `${mailbox} gets ${plural(made, 'new calendar')}, and this server makes ${formatNumber(limits.perHour)} in an hour: making them all takes about ${hours - 1 === 1 ? 'an hour' : plural(hours - 1, 'hour')}, while the run waits.`,
      );
    }
  }
  return notes;
}
