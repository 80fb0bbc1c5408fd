import { HushError } from '../../../shared/model/failure.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { Connect } from '../batch/types.ts';
import { discover, discoverHome } from '../caldav/discovery/discover.ts';
import { openCalendar } from '../scheduling/open-calendar.ts';
import type { Account, CollectionProperties } from '../caldav/types.ts';

/** What is known of the people on both servers; each is asked once, however many rows name them. */
export class Accounts {
  readonly #connect: Connect;
  readonly #signal: AbortSignal | undefined;
  readonly #known = new Map<string, Promise<Account>>();

  /** @param signal ends what is asked of the servers */
  constructor(connect: Connect, signal?: AbortSignal) {
    this.#connect = connect;
    this.#signal = signal;
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
      return await store.properties(this.#signal);
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
    const options = { signal: this.#signal };
    if (login.way !== 'direct') return discover(connection, options);
    const seen = await discover(connection, options).catch((error: unknown) => {
      // An administrator need not have a calendar; then what was typed has to be the user's home.
      if (error instanceof HushError && error.failure.code.startsWith('SERVER_NO')) return null;
      throw error;
    });
    if (seen === null) return discoverHome(connection, options);
    const home = new URL(seen.home);
    const beside = home.pathname
      .split('/')
      .map((part) => (sameName(part, login.actor) ? encodeURIComponent(login.user) : part));
    const path = beside.join('/');
    const url = path === home.pathname ? login.url : home.origin + path;
    return discoverHome({ ...connection, url }, options);
  }
}

function sameName(segment: string, name: string): boolean {
  try {
    return decodeURIComponent(segment).toLowerCase() === name.toLowerCase();
  } catch {
    return false;
  }
}
