import type { Move } from '../../../shared/model/migrate.ts';
import type { ServerEvidence } from '../caldav/types.ts';

/** How many calendars a server makes for one user at all, and how many in an hour. */
interface Ration {
  readonly perHour: number;
  readonly inAll: number;
}

/** Nextcloud's defaults: `rateLimitCalendarCreation` and `maximumCalendarsSubscriptions`. */
const NEXTCLOUD: Ration = { perHour: 10, inAll: 30 };

function rationOf({ headers, path = '', davTokens }: ServerEvidence): Ration | null {
  const isNextcloud =
    path.includes('/remote.php/') ||
    'x-nextcloud' in headers ||
    [...davTokens].some((token) => token.startsWith('nc-'));
  return isNextcloud ? NEXTCLOUD : null;
}

/** What a person must know of users who get more calendars than their server makes at once. */
export function rationNotes(
  moves: readonly Pick<Move, 'mailbox' | 'makes'>[],
  servers: ReadonlyMap<string, { readonly evidence: ServerEvidence; readonly calendars: readonly unknown[] }>,
): readonly string[] {
  const notes: string[] = [];
  for (const [mailbox, { evidence, calendars }] of servers) {
    const ration = rationOf(evidence);
    const made = moves.filter((move) => move.makes && move.mailbox === mailbox).length;
    if (ration === null) continue;
    if (calendars.length + made > ration.inAll) {
      notes.push(`${mailbox} would have ${calendars.length + made} calendars, and this server allows ${ration.inAll}.`);
    } else if (made > ration.perHour) {
      const hours = Math.ceil(made / ration.perHour);
      notes.push(
        `${mailbox} gets ${made} new calendars, and this server makes ${ration.perHour} in an hour: resume after each hour, ${hours} times.`,
      );
    }
  }
  return notes;
}
