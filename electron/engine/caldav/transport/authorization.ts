import { HushError } from '../../../../shared/model/failure.ts';
import { parseChallenges } from '../challenges.ts';
import { bestDigest, digestAuthorization, secretOf, type DigestChallenge } from './digest.ts';
import { deniedWords } from './login-words.ts';
import type { Connection } from '../types.ts';
import type { WireAnswer } from './wire.ts';

/** The login as every request carries it. Immutable: another one takes its place when the server wants another. */
export interface Credentials {
  /** Headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** `Authorization` of one request, where it differs from request to request; null where `headers` have it. */
  readonly sign: ((method: string, path: string) => string) | null;
  /** A server has accepted it. */
  worked: boolean;
}

/** Times that one request is sent again after a 401: the server may name its scheme first, then tire of a nonce. */
export const MAX_LOGINS = 2;

/**
 * How one client logs in at its origin. A password goes as Basic at once, since every origin is reached by TLS or is
 * this computer (see url.ts); where the server offers Digest and no Basic, as Digest. A token goes as Bearer, and is
 * renewed once when it is refused.
 */
export class Authorization {
  readonly #connection: Connection;
  #current: Credentials | null = null;
  #opening: Promise<Credentials> | null = null;
  #renewing: Promise<Credentials | null> | null = null;
  /** Of the scheme that is spoken now. */
  #digest: { readonly challenge: DigestChallenge; readonly secret: string } | null = null;
  #token: string | null = null;
  #renewed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Null until `open` was called. */
  get current(): Credentials | null {
    return this.#current;
  }

  /** Throws HushError when there is no password, or a name that cannot be sent. */
  open(): Promise<Credentials> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /**
   * What to log in with after a 401; null when nothing better is known, so that the 401 stands.
   *
   * @param used what the refused request carried
   */
  async after(answer: WireAnswer, used: Credentials): Promise<Credentials | null> {
    // Another request was refused before this one, and knows better by now.
    if (this.#current !== null && this.#current !== used) return this.#current;
    this.#renewing ??= this.#renew(answer, used).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  /** The login was taken. A server that names its next nonce saves a request (RFC 7616 §3.5). */
  note(answer: WireAnswer, used: Credentials): void {
    used.worked = true;
    const info = answer.headers['authentication-info'];
    if (info === undefined || this.#digest === null || used !== this.#current) return;
    const next = /(?:^|[\s,])nextnonce\s*=\s*"([^"]+)"/i.exec(typeof info === 'string' ? info : info.join(','))?.[1];
    const { challenge, secret } = this.#digest;
    if (next !== undefined && next !== challenge.nonce) this.#speakDigest({ ...challenge, nonce: next }, secret, true);
  }

  /** One sentence about a 401 that stands. */
  denied(answer: WireAnswer): string {
    return deniedWords(this.#connection, parseChallenges(answer.headers['www-authenticate']));
  }

  forget(): void {
    this.#current = null;
    this.#digest = null;
    this.#token = null;
  }

  async #open(): Promise<Credentials> {
    const { credential, user } = this.#connection;
    if (credential !== 'token') checkUser(user);
    const secret = await this.#connection.password();
    return credential === 'token' ? this.#speakBearer(secret) : this.#speakBasic(secret);
  }

  async #renew(answer: WireAnswer, used: Credentials): Promise<Credentials | null> {
    const { credential, password, user } = this.#connection;
    if (credential === 'token') {
      // A new token that was refused as well is not renewed again.
      if (this.#renewed && !used.worked) return null;
      const before = this.#token;
      const token = await password(true);
      this.#renewed = true;
      return token === before ? null : this.#speakBearer(token);
    }
    const challenges = parseChallenges(answer.headers['www-authenticate']);
    const offered = bestDigest(challenges);
    if (offered === null) return null;
    if (this.#digest === null) {
      if (challenges.some(({ scheme }) => scheme === 'basic')) return null;
      return this.#speakDigest(offered, secretOf(offered, user, await password()), false);
    }
    // The password is wrong, unless the server says that only the nonce is, or took this one a moment ago.
    const { challenge, secret } = this.#digest;
    if (offered.nonce === challenge.nonce || (!offered.stale && !used.worked)) return null;
    const same = offered.realm === challenge.realm && offered.hash === challenge.hash;
    return this.#speakDigest(offered, same ? secret : secretOf(offered, user, await password()), false);
  }

  #speakBasic(password: string): Credentials {
    const { user } = this.#connection;
    const token = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
    return this.#speak({ authorization: `Basic ${token}` }, null, false);
  }

  #speakBearer(token: string): Credentials {
    // RFC 6750 §2.1: anything else would end the header, or begin another.
    if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) {
      throw new HushError({
        code: 'TOKEN_INVALID',
        message: 'The token has characters that no token has. Check where it comes from.',
        reaction: 'fix-input',
      });
    }
    this.#token = token;
    return this.#speak({ authorization: `Bearer ${token}` }, null, false);
  }

  #speakDigest(challenge: DigestChallenge, secret: string, worked: boolean): Credentials {
    const { user } = this.#connection;
    let count = 0;
    this.#digest = { challenge, secret };
    const sign = (method: string, uri: string): string => {
      count += 1;
      return digestAuthorization(challenge, { user, secret, method, uri, count });
    };
    return this.#speak({}, sign, worked);
  }

  #speak(headers: Record<string, string>, sign: Credentials['sign'], worked: boolean): Credentials {
    const { authorizeAs } = this.#connection;
    const acting = authorizeAs === undefined ? {} : { 'authorize-as': checkActing(authorizeAs) };
    this.#current = { headers: { ...headers, ...acting, 'user-agent': 'Hushcal', accept: '*/*' }, sign, worked };
    return this.#current;
  }
}

function checkUser(user: string): void {
  if (!user.includes(':')) return;
  throw new HushError({
    code: 'USER_INVALID',
    message: 'A user name with a colon cannot be used to log in (RFC 7617). Check the user name.',
    reaction: 'fix-input',
  });
}

function checkActing(user: string): string {
  if (/^[\x21-\x7e]+$/.test(user)) return user;
  throw new HushError({
    code: 'USER_INVALID',
    message: `The user name "${user.replace(/\p{Cc}+/gu, ' ')}" cannot be sent as Authorize-As. Check the user name.`,
    reaction: 'fix-input',
  });
}
