import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import { json, Refusal } from './answer.ts';
import { DigestCheck } from './digest-check.ts';
import type { Exchange } from './exchange.ts';

/** How the practice server wants its users to log in. Offered is only this one. */
export const AUTH_SCHEMES = ['basic', 'digest', 'bearer'] as const;
export type AuthScheme = (typeof AUTH_SCHEMES)[number];

const REALM = 'Hushcal practice server';
const hash = (value: string): Buffer => createHash('sha256').update(value).digest();

/**
 * Who may come in. Everybody has the same password; for Bearer a token is `USER:PASSWORD` in base64url. An
 * administrator comes in as somebody else by the header `Authorize-As: USER`, or by the login name `USER%ADMIN`.
 */
export class LoginCheck {
  readonly #store: Store;
  /** Hash of the password. */
  readonly #right: Buffer;
  readonly #scheme: AuthScheme;
  readonly #digest: DigestCheck;
  readonly #lockout: number | null;
  #failed = 0;

  /** @param lockout failed logins after which nobody comes in any more; everybody here is at one address */
  constructor(store: Store, password: string, scheme: AuthScheme = 'basic', lockout: number | null = null) {
    this.#store = store;
    this.#right = hash(password);
    this.#scheme = scheme;
    this.#digest = new DigestCheck(REALM, password);
    this.#lockout = lockout;
  }

  /** Throws a 401 refusal, or a 429 where too many logins have failed. */
  authenticate(exchange: Exchange): Principal {
    if (this.#lockout !== null && this.#failed >= this.#lockout) throw locked();
    const header = exchange.header('authorization') ?? '';
    const actor = this.#named(this.#user(header, exchange));
    if (actor === undefined) {
      // A request without credentials asks how to log in; it is no failed login.
      if (header !== '') this.#failed += 1;
      throw this.#refusal(false);
    }
    const wanted = exchange.header('authorize-as')?.trim();
    if (wanted === undefined || wanted === '') return actor;
    const target = actor.admin ? this.#store.principals.get(wanted) : undefined;
    if (target === undefined) throw this.#refusal(false);
    return target;
  }

  /** The user name of somebody who knows the password; null otherwise. */
  #user(header: string, exchange: Exchange): string | null {
    switch (this.#scheme) {
      case 'basic':
        return this.#checked(decoded(/^basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header)?.[1], 'base64'));
      case 'bearer':
        return this.#checked(decoded(/^bearer\s+([A-Za-z0-9\-._~+/]+=*)\s*$/i.exec(header)?.[1], 'base64url'));
      case 'digest': {
        const found = this.#digest.check(header, exchange.method, exchange.target);
        if (found?.stale === true) throw this.#refusal(true);
        return found?.user ?? null;
      }
    }
  }

  #checked(credentials: string): string | null {
    const colon = credentials.indexOf(':');
    const right = timingSafeEqual(hash(credentials.slice(colon + 1)), this.#right);
    return colon > 0 && right ? credentials.slice(0, colon) : null;
  }

  /** A user, or the one for whom an administrator logs in: `USER%ADMIN`. */
  #named(name: string | null): Principal | undefined {
    if (name === null) return undefined;
    const known = this.#store.principals.get(name);
    const percent = name.lastIndexOf('%');
    if (known !== undefined || percent < 0) return known;
    const admin = this.#store.principals.get(name.slice(percent + 1));
    return admin?.admin === true ? this.#store.principals.get(name.slice(0, percent)) : undefined;
  }

  #refusal(stale: boolean): Refusal {
    const challenges = {
      basic: [`Basic realm="${REALM}", charset="UTF-8"`],
      bearer: [`Bearer realm="${REALM}", error="invalid_token"`],
      digest: this.#scheme === 'digest' ? this.#digest.challenges(stale) : [],
    }[this.#scheme];
    const headers = { 'WWW-Authenticate': challenges, 'Content-Type': 'text/plain; charset=utf-8' };
    return new Refusal({ status: 401, headers, body: 'The user name or the password is wrong.\n' }, 'not logged in');
  }
}

/** As Nextcloud says it; see the faces. */
function locked(): Refusal {
  return new Refusal(json(429, { message: 'Reached maximum delay' }), 'locked after too many failed logins');
}

function decoded(text: string | undefined, encoding: 'base64' | 'base64url'): string {
  return text === undefined ? '' : Buffer.from(text, encoding).toString('utf8');
}

/** The token of one user, where the server takes tokens. */
export function tokenOf(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`, 'utf8').toString('base64url');
}
