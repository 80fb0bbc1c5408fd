import { HushError } from '../../../shared/model/failure.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { Connect } from '../batch/types.ts';
import { discover, discoverHome } from '../caldav/discovery/discover.ts';
import { openCalendar } from '../scheduling/open-calendar.ts';
import type { Account, CollectionProperties } from '../caldav/types.ts';

/** What is known of the people on both servers; each is asked once, however many rows name them. */
export class Accounts {
  readonly #connect: Connect;
  readonly #known = new Map<string, Promise<Account>>();

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  /** The calendars of the login's user. Throws HushError. */
  of(login: Login): Promise<Account> {
    const key = JSON.stringify([login.url, login.user, login.way, login.actor, login.secret]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const account = this.#look(login);
    this.#known.set(key, account);
    return account;
  }

  async properties(login: Login, calendarUrl: string): Promise<CollectionProperties> {
    const store = openCalendar(calendarUrl, this.#connect({ ...login, url: calendarUrl }));
    try {
      return await store.properties();
    } finally {
      await store.close();
    }
  }

  /**
   * An administrator who logs in as such sees an own home first: that of the user is the one that stands beside it, with
   * the user's name in place of the administrator's.
   */
  async #look(login: Login): Promise<Account> {
    const connection = this.#connect(login);
    if (login.way !== 'direct') return discover(connection);
    const seen = await discover(connection).catch((error: unknown) => {
      // An administrator need not have a calendar; then what was typed has to be the user's home.
      if (error instanceof HushError && error.failure.code.startsWith('SERVER_NO')) return null;
      throw error;
    });
    if (seen === null) return discoverHome(connection);
    const home = new URL(seen.home);
    const beside = home.pathname
      .split('/')
      .map((part) => (sameName(part, login.actor) ? encodeURIComponent(login.user) : part));
    const path = beside.join('/');
    const url = path === home.pathname ? login.url : home.origin + path;
    return discoverHome({ ...connection, url });
  }
}

function sameName(segment: string, name: string): boolean {
  try {
    return decodeURIComponent(segment).toLowerCase() === name.toLowerCase();
  } catch {
    return false;
  }
}
