import { originOf } from '../../../shared/text/address.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { Connection } from '../caldav/types.ts';
import { noteAudit, type AuditPorts } from './write.ts';

/** Milliseconds for which one line stands for every login of the same person for the same user. */
const STANDS = 3_600_000;

/** Notes who logs in for somebody else, before the password or token is read: without that line it is not used. */
export class AuditedLogins {
  readonly #ports: AuditPorts;
  readonly #noted = new Map<string, { readonly at: number; readonly done: Promise<void> }>();

  constructor(ports: AuditPorts) {
    this.#ports = ports;
  }

  noting(login: Login, secret: Connection['password']): Connection['password'] {
    const { way, url, user, actor } = login;
    if (way === 'own') return secret;
    return async (again) => {
      await this.#note({ way, server: originOf(url), user, actor });
      return secret(again);
    };
  }

  async #note(
    one: Pick<Login, 'user' | 'actor'> & { way: Exclude<Login['way'], 'own'>; server: string },
  ): Promise<void> {
    const key = JSON.stringify([one.server, one.actor, one.user, one.way]);
    const now = this.#ports.now().getTime();
    const known = this.#noted.get(key);
    if (known !== undefined && now - known.at < STANDS) return known.done;
    const done = noteAudit(this.#ports, { what: 'login', ...one });
    this.#noted.set(key, { at: now, done });
    // One that failed is tried again.
    done.catch(() => this.#noted.delete(key));
    return done;
  }
}
