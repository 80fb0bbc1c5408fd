import type { Connection } from '../../engine/engine.ts';
import { originOf } from '../../../shared/text/address.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { offeredWay, type Login } from '../../../shared/model/login.ts';
import type { SecretState, ServerLogin } from '../../../shared/model/batch/mapping-view.ts';
import type { Ports } from '../ports.ts';
import { placeOf, PRACTICE_ID, type Servers } from './servers.ts';

const OF_USER = 'user:';

/**
 * Logins of many users on the servers of the list, and the way from a login to a connection. A login names its secret:
 * the id of a server (the one who is stored with it logs in), or `user:SERVER:USER` for a password of that user's own.
 */
export class Logins {
  readonly #ports: Pick<Ports, 'engine' | 'secrets' | 'practice'>;
  readonly #servers: Servers;

  constructor(ports: Pick<Ports, 'engine' | 'secrets' | 'practice'>, servers: Servers) {
    this.#ports = ports;
    this.#servers = servers;
  }

  /** How to log in for a user. Throws HushError for an unknown server. */
  loginFor({ serverId, way, template }: ServerLogin, user: string): Login {
    const { url: base, user: actor, users } = this.#servers.info(serverId);
    // An administrator with rights of their own is shown the administrator's calendars elsewhere than in the user's home.
    const home = way === 'direct' ? users?.find((one) => one.user === user)?.home : undefined;
    const url = home ?? placeOf(base, user);
    const credential = this.#credential(serverId);
    if (way === 'own') {
      const secret = user === actor ? serverId : secretName(serverId, user);
      return { url, user, way, actor: user, credential: user === actor ? credential : 'password', secret };
    }
    const login = { url, user, way, actor, credential, secret: serverId };
    return way === 'template' ? { ...login, template } : login;
  }

  /**
   * How to log in on a server of the list as it is kept: its own user, or an administrator on somebody's behalf. Throws
   * HushError for an unknown server, and for a way that is not offered any more.
   */
  loginOn(serverId: string, forUser?: string): Login {
    const { user, admin } = this.#servers.info(serverId);
    const behalf = this.#servers.behalf(serverId, forUser);
    const way = offeredWay(behalf?.way ?? 'own');
    return this.loginFor({ serverId, way, template: admin?.template ?? '' }, behalf?.user ?? user);
  }

  /** Whether a password is at hand for this user. */
  stateOf({ serverId, way }: ServerLogin, user: string): SecretState {
    const server = this.#servers.info(serverId);
    if (way !== 'own') return server.password === 'missing' ? 'missing' : 'admin';
    if (server.practice) return 'known';
    if (user === server.user) return server.password === 'missing' ? 'missing' : 'known';
    return this.#ports.secrets.where(secretName(serverId, user)) === 'missing' ? 'missing' : 'known';
  }

  /** Kept in memory, or where the operating system keeps such things when the person wants them remembered. */
  async keep(serverId: string, user: string, password: string): Promise<void> {
    const server = this.#servers.info(serverId);
    const name = user === server.user ? serverId : secretName(serverId, user);
    await this.#ports.secrets.keep(name, password, false);
  }

  /** Who has to give a password before these logins can be used, each once. */
  missingOf(logins: readonly Pick<Login, 'secret' | 'actor'>[]): readonly string[] {
    const missing = logins.filter(
      ({ secret }) => serverOf(secret) !== PRACTICE_ID && this.#ports.secrets.where(secret) === 'missing',
    );
    return [...new Set(missing.map(({ actor }) => actor))];
  }

  /** Keeps the password of a login in memory. */
  async keepFor({ secret }: Pick<Login, 'secret'>, password: string): Promise<void> {
    await this.#ports.secrets.keep(secret, password, false);
  }

  /** The way to a login's server. A password is sent only where its server may be: see `Servers.connectTo`. */
  readonly connect = (login: Login): Connection => {
    const serverId = serverOf(login.secret);
    this.#servers.checkPlace(serverId, login.url);
    const network = this.#servers.networkOf(serverId);
    const connection = this.#ports.engine.connection(
      login,
      () => this.#password(serverId, login),
      this.#servers.connections,
      network,
    );
    return serverId === PRACTICE_ID ? connection : { ...connection, probes: this.#servers.probesOf(serverId) };
  };

  async #password(serverId: string, login: Login): Promise<string> {
    if (serverId === PRACTICE_ID) return this.#ports.practice.connection().password;
    const password = await this.#ports.secrets.read(login.secret);
    if (password !== null) return password;
    throw new HushError({
      code: 'USER_PASSWORD_MISSING',
      message: `The password of ${login.actor} on ${originOf(login.url)} is not known in this session. Import it where the job is shown, or enter it under Servers.`,
      reaction: 'fix-input',
    });
  }

  #credential(serverId: string): Login['credential'] {
    return serverId === PRACTICE_ID ? 'password' : (this.#servers.stored(serverId).credential ?? 'password');
  }
}

function secretName(serverId: string, user: string): string {
  return `${OF_USER}${serverId}:${user}`;
}

function serverOf(secret: string): string {
  if (!secret.startsWith(OF_USER)) return secret;
  const rest = secret.slice(OF_USER.length);
  return rest.slice(0, rest.indexOf(':'));
}
