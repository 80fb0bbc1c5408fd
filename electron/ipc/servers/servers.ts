import { originOf } from '../../../shared/text/address.ts';
import { CONNECTIONS } from '../../../shared/model/defaults.ts';
import type { Connection, KnownAccount, Network, ProbeAnswers, ProbeMemory } from '../../engine/engine.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { behalfOf, offeredWay, type Behalf, type Login } from '../../../shared/model/login.ts';
import type { NetworkSpec } from '../../../shared/model/network.ts';
import type { NetworkInput } from '../../../shared/ipc/network-input.ts';
import type { RunEntry } from '../../../shared/model/kept/report.ts';
import type { AccountInfo, ServerInfo } from '../../../shared/model/server.ts';
import type { Ports, StoredServer } from '../ports.ts';

export const PRACTICE_ID = 'practice';

type ServerPorts = Pick<Ports, 'engine' | 'secrets' | 'book' | 'practice' | 'openNetwork'> &
  Partial<Pick<Ports, 'preferences'>>;

/** Under which names the passwords beside a server's own are kept. */
export const NETWORK_SECRETS = { proxyPassword: 'proxy:', keyPassword: 'key:' } as const;

/** The servers the window knows, the practice server first, and the way from one to a connection. */
export class Servers {
  readonly #ports: ServerPorts;
  readonly #networks = new Map<string, Network>();
  readonly #probes = new Map<string, Readonly<Record<string, ProbeAnswers>>>();

  constructor(ports: ServerPorts) {
    this.#ports = ports;
  }

  /** Requests to one server at the same time. */
  get connections(): number {
    return this.#ports.preferences?.connections() ?? CONNECTIONS;
  }

  list(): ServerInfo[] {
    return [this.#practiceInfo(), ...this.#ports.book.list().map((server) => this.#info(server))];
  }

  info(id: string): ServerInfo {
    return id === PRACTICE_ID ? this.#practiceInfo() : this.#info(this.stored(id));
  }

  /** Throws HushError for an unknown server. */
  stored(id: string): StoredServer {
    const server = this.#ports.book.list().find((entry) => entry.id === id);
    if (server !== undefined) return server;
    throw new HushError({
      code: 'SERVER_UNKNOWN',
      message: 'This server is not in the list any more. Choose another one, or add it again.',
      reaction: 'fix-input',
    });
  }

  /** @param forUser whose calendars, where an administrator logs in; else the first of its users */
  connect(id: string, forUser?: string): Connection {
    if (id === PRACTICE_ID) {
      const trouble = this.#ports.practice.trouble();
      if (trouble !== null) throw new HushError(trouble);
      const { url, user } = this.#ports.practice.connection();
      const password = () => Promise.resolve(this.#ports.practice.connection().password);
      return { url, user, password, concurrency: this.connections };
    }
    return this.connectWith(this.stored(id), () => this.password(id), this.networkOf(id), forUser);
  }

  /** The way to the server of a run, for the user for whom it was made. Throws HushError as `ofRun`. */
  connectRun(run: RunLogin): Connection {
    return this.connect(this.ofRun(run), run.behalf?.user);
  }

  /**
   * The way to a server as it is stored: its own user's, or an administrator's on somebody's behalf. Throws HushError for
   * a way to log in that is not offered any more, and for a user whose calendars are nobody knows where.
   */
  connectWith(
    server: StoredServer,
    secret: Connection['password'],
    network: Network = this.networkOf(server.id),
    forUser?: string,
  ): Connection {
    const connection = this.#ports.engine.connection(loginOf(server, forUser), secret, this.connections, network);
    return { ...connection, probes: this.probesOf(server.id) };
  }

  /** The way to a server as who logs in there, for nobody else. */
  connectAsItself(server: StoredServer, secret: Connection['password'] = () => this.password(server.id)): Connection {
    const { admin: _admin, ...own } = server;
    return this.#ports.engine.connection(loginOf(own), secret, this.connections, this.networkOf(server.id));
  }

  /** Keeps with a server what it answers beside its calendars. */
  probesOf(id: string): ProbeMemory {
    return {
      recall: (place) => this.keptProbes(id)[place] ?? null,
      keep: (place, answers) => {
        const probes = { ...this.keptProbes(id), [place]: answers };
        this.#probes.set(id, probes);
        const server = this.#ports.book.list().find((entry) => entry.id === id);
        // A server that is being added is saved with it when its login has worked.
        if (server !== undefined) void this.#ports.book.save({ ...server, probes }).catch(() => undefined);
      },
    };
  }

  keptProbes(id: string): Readonly<Record<string, ProbeAnswers>> {
    return this.#probes.get(id) ?? this.#ports.book.list().find((entry) => entry.id === id)?.probes ?? {};
  }

  /** For whom a run on this server is made; undefined where who logs in has the calendars. */
  behalf(id: string, forUser?: string): Behalf | undefined {
    return id === PRACTICE_ID ? undefined : behalfOf(loginOf(this.stored(id), forUser));
  }

  /** How a server is reached, by what is kept with it. Files are read anew after `renewNetwork`. */
  networkOf(id: string): Network {
    const kept = this.#networks.get(id);
    if (kept !== undefined) return kept;
    const { network = {} } = id === PRACTICE_ID ? {} : this.stored(id);
    return this.renewNetwork(id, network);
  }

  /** @param given passwords that are not kept yet; null or absent: the kept ones */
  renewNetwork(id: string, spec: NetworkSpec, given: Partial<Omit<NetworkInput, 'spec'>> = {}): Network {
    const { secrets, openNetwork } = this.#ports;
    const isOther = this.isOtherProxy(id, spec);
    const read = (what: keyof typeof NETWORK_SECRETS) => () => {
      const typed = given[what] ?? null;
      if (typed !== null || (what === 'proxyPassword' && isOther)) return Promise.resolve(typed);
      return secrets.read(NETWORK_SECRETS[what] + id);
    };
    const network = openNetwork(spec, { proxyPassword: read('proxyPassword'), keyPassword: read('keyPassword') });
    this.#networks.set(id, network);
    return network;
  }

  /** Whether these name another proxy, or another user of it, than what is kept: its password was given for that one alone. */
  isOtherProxy(id: string, { proxy }: NetworkSpec): boolean {
    return this.#ports.book.list().some((entry) => entry.id === id && entry.network?.proxy !== proxy);
  }

  /** The next connection reads what is kept. */
  forgetNetwork(id: string): void {
    this.#networks.delete(id);
  }

  /**
   * The way to one calendar of a server. The page names both, so they are held against each other: a calendar of another
   * origin would be sent this server's password. Throws HushError.
   */
  connectTo(id: string, calendarUrl: string, forUser?: string): Connection {
    this.checkPlace(id, calendarUrl);
    return this.connect(id, forUser);
  }

  /** Throws HushError when a URL does not lie where the password of this server may go. */
  checkPlace(id: string, url: string): void {
    if (this.#originsOf(id).includes(originOf(url))) return;
    throw new HushError({
      code: 'CALENDAR_ELSEWHERE',
      message: 'This calendar does not lie on the chosen server, so no password was sent there. Choose it again.',
      reaction: 'fix-input',
    });
  }

  /** Logs in, and lists what is there. `connection` stands in where the server is not stored yet. */
  async open(
    server: ServerInfo,
    forUser?: string,
    connection: Connection = this.connect(server.id, forUser),
    signal?: AbortSignal,
  ): Promise<AccountInfo> {
    const { engine } = this.#ports;
    const user = server.admin === undefined ? null : (forUser ?? server.users?.[0]?.user ?? null);
    if (server.admin !== undefined && user === null) {
      await engine.checkLogin(connection, signal);
      return { ...NO_ACCOUNT, server };
    }
    // With rights of their own, an administrator is shown the administrator's calendars: only the user's home counts.
    const whose = server.admin?.way === 'direct' ? 'home' : 'own';
    return accountInfo(server, user, await engine.discover(connection, signal, whose));
  }

  /**
   * The server on which a run was made: the same login by the same way, and an origin that the person gave or that a login
   * found, so that no password goes where it does not belong. Throws HushError when there is none.
   */
  ofRun(run: RunLogin): string {
    const origin = originOf(run.calendarUrl);
    const could = this.list().filter(
      ({ id, user, admin }) =>
        user === run.user && admin?.way === run.behalf?.way && this.#originsOf(id).includes(origin),
    );
    const named = could.find(({ users = [] }) => users.some(({ user }) => user === run.behalf?.user));
    const server = named ?? could[0];
    if (server !== undefined) return server.id;
    throw new HushError({
      code: 'SERVER_OF_RUN_UNKNOWN',
      message: `The server of this run (${run.server}, user ${run.user}) is not in the list. Add it under Servers, then try again.`,
      reaction: 'fix-input',
    });
  }

  /** Where the password of a server may go: the origin that the person gave, and those that a login found. */
  #originsOf(id: string): readonly string[] {
    if (id === PRACTICE_ID) return [originOf(this.#ports.practice.connection().url)];
    const { url, calendarOrigins } = this.stored(id);
    return [originOf(url), ...calendarOrigins];
  }

  /** The kept password. Throws HushError where there is none. */
  async password(id: string): Promise<string> {
    const password = await this.#ports.secrets.read(id);
    if (password !== null) return password;
    throw new HushError({
      code: 'SERVER_PASSWORD_MISSING',
      message: 'The password of this server is not known in this session. Enter it under Servers.',
      reaction: 'fix-input',
      server: id,
    });
  }

  #practiceInfo(): ServerInfo {
    const { url, user } = this.#ports.practice.connection();
    const id = PRACTICE_ID;
    return { id, name: 'Practice server', url, user, practice: true, password: 'session', assumeNoMailHook: false };
  }

  #info(server: StoredServer): ServerInfo {
    const { calendarOrigins: _origins, product: _product, probes: _probes, ...shown } = server;
    const { secrets } = this.#ports;
    const wantsLogin = server.network?.proxy?.includes('@') === true;
    return {
      ...shown,
      practice: false,
      password: secrets.where(server.id),
      ...(wantsLogin ? { proxyPassword: secrets.where(NETWORK_SECRETS.proxyPassword + server.id) } : {}),
    };
  }
}

/** What a run says of its login. */
type RunLogin = Pick<RunEntry, 'calendarUrl' | 'user' | 'server' | 'behalf'>;

/**
 * How to log in for one user of a server: the first one where none is named, and the one who logs in where there is none.
 * Throws HushError.
 */
function loginOf(server: StoredServer, forUser?: string): Login {
  const { id, url, user: actor, admin, users = [], credential = 'password' } = server;
  const user = forUser ?? users[0]?.user ?? null;
  const base = { actor, credential, secret: id };
  if (admin === undefined || user === null) return { ...base, url: placeOf(url, actor), user: actor, way: 'own' };
  const way = offeredWay(admin.way);
  const template = admin.template === undefined ? {} : { template: admin.template };
  return { ...base, url: way === 'direct' ? homeOf(server, user) : placeOf(url, user), user, way, ...template };
}

/** Where an administrator with rights of their own finds the calendars of a user. Throws HushError. */
function homeOf({ url, users = [] }: StoredServer, user: string): string {
  const home = users.find((one) => one.user === user)?.home;
  if (home !== undefined) return home;
  // The first format had one user for each server, whose calendars the address names.
  if (url.includes(USER_PLACE) || (users.length < 2 && (users[0]?.user ?? user) === user)) return placeOf(url, user);
  throw new HushError({
    code: 'SERVER_USER_PLACE',
    message: `It is not known where the calendars of ${user} are. Search for the user, or write ${USER_PLACE} into the address of the server where the name belongs.`,
    reaction: 'fix-input',
  });
}

/** Stands in an address where the name of the user belongs. */
const USER_PLACE = '{user}';

/** An address with the name of a user in its place. */
export function placeOf(url: string, user: string): string {
  return url.replaceAll(USER_PLACE, encodeURIComponent(user));
}

/** Who logged in has no calendars to show. */
const NO_ACCOUNT = {
  forUser: null,
  product: null,
  asksForMailHook: false,
  principal: '',
  home: '',
  addresses: [],
  calendars: [],
} as const;

function accountInfo(server: ServerInfo, forUser: string | null, account: KnownAccount): AccountInfo {
  return {
    server,
    forUser,
    product: account.product,
    asksForMailHook: account.asksForMailHook,
    principal: account.principal,
    home: account.home,
    addresses: [...account.addresses],
    calendars: [...account.calendars],
    unseen: account.unseen.map(({ href, reason }) => ({ href, reason })),
  };
}

/** Throws HushError for the practice server, which cannot be changed. */
export function refusePractice(id: string): void {
  if (id !== PRACTICE_ID) return;
  throw new HushError({
    code: 'SERVER_PRACTICE_STAYS',
    message: 'The practice server belongs to Hushcal and stays in the list.',
    reaction: 'fix-input',
  });
}
