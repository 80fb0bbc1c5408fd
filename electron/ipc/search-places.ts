import type { SearchPlace } from '../../shared/model/cleanup.ts';
import { toFailure } from '../../shared/model/failure.ts';
import type { Login } from '../../shared/model/login.ts';
import type { WayIn } from '../../shared/model/mapping-view.ts';
import { calendarsOf } from '../engine/jobs/backup.ts';
import type { Engine } from '../engine/engine.ts';
import type { Logins } from './logins.ts';

/** Users who are looked up at the same time. */
const AT_ONCE = 4;

export interface FoundPlaces {
  readonly places: readonly SearchPlace[];
  readonly problems: readonly { readonly mailbox: string; readonly message: string }[];
}

/** The calendars and the inbox of each user. Who cannot be logged in for is named and costs no other. */
export async function findPlaces(
  engine: Pick<Engine, 'discover'>,
  logins: Logins,
  way: WayIn,
  users: readonly string[],
): Promise<FoundPlaces> {
  const places: SearchPlace[][] = [];
  const problems: { mailbox: string; message: string }[] = [];
  const next = users.entries();
  const worker = async (): Promise<void> => {
    for (const [at, user] of next) {
      try {
        places[at] = await placesOf(engine, logins, logins.loginFor(way, user));
      } catch (thrown) {
        problems.push({ mailbox: user, message: toFailure(thrown).message });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, users.length) }, worker));
  return { places: places.flat(), problems };
}

async function placesOf(engine: Pick<Engine, 'discover'>, logins: Logins, login: Login): Promise<SearchPlace[]> {
  const connection = logins.connect(login);
  const account = await engine.discover(connection);
  // An administrator's own calendars are not those of the user.
  const urls = new Set(await calendarsOf(login, connection));
  const calendars = account.calendars.filter(
    ({ url, components }) => urls.has(url) && (components.length === 0 || components.includes('VEVENT')),
  );
  const named = new Set(calendars.map(({ url }) => url));
  const place = (url: string, name: string, inbox: boolean): SearchPlace => ({
    login: { ...login, url },
    mailbox: login.user,
    url,
    name,
    inbox,
  });
  const others = [...urls].filter((url) => !account.calendars.some((calendar) => calendar.url === url));
  return [
    ...calendars.map(({ url, name }) => place(url, name, false)),
    ...others.map((url) => place(url, lastPart(url), false)),
    ...(account.inbox !== null && named.size > 0 ? [place(account.inbox, 'Inbox', true)] : []),
  ];
}

function lastPart(url: string): string {
  const parts = new URL(url).pathname.split('/').filter((part) => part !== '');
  return decodeURIComponent(parts.at(-1) ?? url);
}
