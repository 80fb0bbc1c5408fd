import type { SearchPlace } from '../../../../shared/model/batch/cleanup.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { Login } from '../../../../shared/model/login.ts';
import { discover } from '../../caldav/discovery/discover.ts';
import { listHome } from '../../caldav/discovery/home.ts';
import type { Unseen } from '../../caldav/types.ts';
import { collectionPathKey } from '../../caldav/url.ts';
import type { Connect } from '../../batch/types.ts';

/**
 * What can be searched for one user: the calendars, and the schedule inbox where the server has one.
 *
 * @throws HushError when the server does not let us in, or knows no such user
 */
export async function placesOf(login: Login, connect: Connect, signal?: AbortSignal): Promise<readonly SearchPlace[]> {
  const connection = connect(login);
  const account = await discover(connection, { signal });
  const [unseen] = account.unseen;
  if (unseen !== undefined) throw notAllSeen(login.user, unseen);
  const place = (url: string, name: string, inbox: boolean): SearchPlace => {
    return { login, mailbox: login.user, url, name, inbox };
  };
  // With rights of their own, an administrator is shown the administrator's calendars: only the given home counts.
  const foreign = login.way === 'direct';
  if (foreign && collectionPathKey(new URL(account.home).pathname) !== collectionPathKey(new URL(login.url).pathname)) {
    const members = await listHome(login.url, connection, signal);
    return members.flatMap(({ url, name, kind }) => {
      return kind === 'calendar' || kind === 'inbox'
        ? [place(url, kind === 'inbox' ? INBOX : name, kind === 'inbox')]
        : [];
    });
  }
  const calendars = account.calendars.map(({ url, name }) => place(url, name, false));
  return account.inbox === null ? calendars : [...calendars, place(account.inbox, INBOX, true)];
}

function notAllSeen(user: string, { href, reason }: Unseen): HushError {
  return new HushError({
    code: 'SERVER_NOT_ALL_SEEN',
    message: `Not all calendars of ${user} can be looked through: ${href}. ${reason} Name the calendars that you mean.`,
    reaction: 'skip-item',
  });
}

const INBOX = 'Inbox';
