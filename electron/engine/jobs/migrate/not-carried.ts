import { discover } from '../../caldav/discovery/discover.ts';
import { openReader } from '../../caldav/discovery/collection-reader.ts';
import { listHome } from '../../caldav/discovery/home.ts';
import type { Share } from '../../caldav/discovery/shares.ts';
import { openCalendar } from '../../scheduling/open-calendar.ts';
import type { Connection } from '../../caldav/types.ts';
import { toFailure } from '../../../../shared/model/failure.ts';
import type { CalendarIndex } from '../../icalendar/types.ts';
import { formatNumber, plural } from '../../../../shared/words/format.ts';

/** Shares that are named one by one. */
const NAMED = 10;

/** What stays behind on the old server with one calendar, one sentence each. */
export async function leftBehindWith(calendarUrl: string, connection: Connection): Promise<readonly string[]> {
  const reader = openReader(calendarUrl, { ...connection, concurrency: 1 });
  try {
    const { shares } = await reader.describe();
    if (shares.length === 0) return [];
    const named = shares.slice(0, NAMED).map(({ who, write }) => `${plain(who)} (${write ? 'may write' : 'may read'})`);
    const more = shares.length > NAMED ? `, and ${formatNumber(shares.length - NAMED)} more` : '';
    return [`It is shared with ${named.join(', ')}${more}. Share it again on the new server.`];
  } catch (error) {
    return [`Whether it is shared could not be read: ${toFailure(error).message}`];
  } finally {
    await reader.close();
  }
}

/** What stays behind with the mailbox as a whole: subscriptions, calendars of others, what lies in the inbox. */
export async function leftBehindInHome(calendarUrl: string, connection: Connection): Promise<readonly string[]> {
  try {
    const home = new URL('..', calendarUrl.endsWith('/') ? calendarUrl : `${calendarUrl}/`).href;
    const members = await listHome(home, connection);
    const sentences = members.flatMap(({ kind, name, source, foreign }) => {
      if (kind === 'subscription') {
        return [
          `The subscription "${name}"${source === null ? '' : ` of ${source}`} is not carried along; subscribe again.`,
        ];
      }
      return foreign && kind === 'calendar' ? [`"${name}" is somebody else's calendar, shared with this user.`] : [];
    });
    const inbox = members.find(({ kind }) => kind === 'inbox')?.url ?? (await discover(connection)).inbox;
    return [...sentences, ...(inbox === null ? [] : await inboxItems(inbox, connection))];
  } catch (error) {
    return [`What else is in this mailbox could not be read: ${toFailure(error).message}`];
  }
}

async function inboxItems(inbox: string, connection: Connection): Promise<readonly string[]> {
  const store = openCalendar(inbox, { ...connection, concurrency: 1 });
  try {
    const { length } = (await store.list()).objects;
    return length === 0 ? [] : [`${plural(length, 'message')} in the inbox of invitations stay on the old server.`];
  } catch {
    // An inbox that cannot be listed holds nothing that anybody could carry.
    return [];
  } finally {
    await store.close();
  }
}

/** Events whose attachments the old server keeps (RFC 8607, or a link to it): they die with it. */
export async function attachmentsOn(index: CalendarIndex, oldHost: string | null): Promise<readonly string[]> {
  let count = 0;
  for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
    const text = (await index.text(ordinal)).toString('utf8').replace(/\r?\n[ \t]/g, '');
    if (attachmentLines(text).some((line) => isKeptThere(line, oldHost))) count += 1;
  }
  const where = oldHost === null ? 'the old server' : `the old server (${oldHost})`;
  return count === 0
    ? []
    : [`${plural(count, 'event')} have attachments that lie on ${where} and are not carried along.`];
}

function attachmentLines(text: string): readonly string[] {
  return text.match(/^ATTACH[;:].*$/gim) ?? [];
}

function isKeptThere(line: string, oldHost: string | null): boolean {
  if (/;MANAGED-ID=/i.test(line)) return true;
  const host = /:https?:\/\/([^/?#\s]+)/i.exec(line)?.[1]?.toLowerCase();
  return host !== undefined && host === oldHost;
}

function plain(who: Share['who']): string {
  return who.replace(/^mailto:/i, '');
}
