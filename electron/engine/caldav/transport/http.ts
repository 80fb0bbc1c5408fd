import { Pool } from 'undici';
import { HushError } from '../../../../shared/model/failure.ts';
import { Authorization, MAX_LOGINS, type Credentials } from './authorization.ts';
import { Backoff, rest, type Trouble } from './backoff.ts';
import { deadlineOf, DEADLINES, silent, stalled, unconnected, type Deadlines } from './deadlines.ts';
import { Entrance, isLockedOut } from './entrance.ts';
import type { Semaphore } from '../semaphore.ts';
import { connectionFailure, isMalformed, isPassing, lateness, neverLeft, stopped } from './failures.ts';
import { Connector } from '../network/connector.ts';
import { PLAIN_NETWORK } from '../network/network.ts';
import { BOUNDS } from './bounds.ts';
import { exchangeLeniently } from './lenient.ts';
import { requireLoopback, type Resolve } from './loopback.ts';
import { leadOf, requestUrl } from './target.ts';
import type { BodySink } from './content-coding.ts';
import { exchange, type AnswerHeaders, type WireAnswer, type WireRequest } from './wire.ts';
import type { Connection, ProbeMemory } from '../types.ts';

export interface HttpRequest {
  readonly method: string;
  /** Absolute path on the client's origin. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  readonly signal?: AbortSignal;
  /** Octets of the answer; more is an error. See `BOUNDS`; a list with a sink has its own, else it is that of an object. */
  readonly maxBytes?: number;
  /** Where a redirect may lead, as a path on the same origin; anywhere when left out. */
  readonly mayGo?: (path: string) => boolean;
  /** False: a redirect is the answer. */
  readonly followRedirects?: boolean;
  /** Of a multistatus: makes what takes its body as it comes, for each try anew. */
  readonly sink?: () => BodySink;
  /** True: goes without the login, and a 401 is the answer. */
  readonly anonymous?: boolean;
}

export type HttpAnswer = WireAnswer;

/** One origin over HTTP/1.1. The password goes there and nowhere else. */
export interface Http {
  readonly origin: string;
  /** For requests that change nothing: tried again when the connection breaks or the server asks to wait. */
  read(request: HttpRequest): Promise<HttpAnswer>;
  /** For writes: sent once. Throws what broke the connection; `neverLeft` tells whether anything can have arrived. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** The proxy of the last connection; null where there was none. */
  readonly proxy: string | null;
  /** Where answers are kept that tell what the server is. */
  readonly probes: ProbeMemory | null;
  /** The same object for all clients of one job: what one of them asked need not be asked again. */
  readonly job: object;
  close(): Promise<void>;
}

export interface HttpOptions {
  /** Where other than those of `deadlines.ts` hold. */
  readonly deadlines?: Partial<Deadlines>;
  /** Stops every request of this client. */
  readonly signal?: AbortSignal | undefined;
  /** Tries of a read at most, where fewer are wanted than `backoff.ts` allows. */
  readonly tries?: number;
  /** How names are resolved that stand for this computer; as the system does when left out. */
  readonly resolve?: Resolve;
  /** Sends `Connection: close` from the start: the server closes its connections without saying so. */
  readonly oneShot?: boolean;
}

const MAX_HOPS = 5;
/** Nobody. */
const ANONYMOUS: Credentials = { headers: {}, sign: null, worked: true };
const TRY_LATER = [429, 502, 503, 504];

/** Opens a client for one origin (`https://host:port`). Connects when the first request is made. */
export function createHttp(origin: string, connection: Connection, options: HttpOptions = {}): Http {
  return new PooledHttp(origin, connection, options);
}

class PooledHttp implements Http {
  readonly origin: string;
  readonly probes: ProbeMemory | null;
  readonly job: object;
  readonly #pool: Pool;
  readonly #deadlines: Deadlines;
  readonly #signal: AbortSignal | undefined;
  readonly #tries: number;
  readonly #connector: Connector;
  readonly #login: Authorization;
  readonly #entrance = new Entrance();
  readonly #gate: Semaphore | null;
  readonly #resolve: Resolve | undefined;
  #oneShot: boolean;
  #answered = 0;
  #silentlyClosed = 0;
  #checked: Promise<void> | null = null;

  constructor(origin: string, connection: Connection, options: HttpOptions) {
    this.origin = origin;
    this.probes = connection.probes ?? null;
    this.job = connection.gate ?? this;
    this.#deadlines = { ...DEADLINES, ...options.deadlines };
    this.#signal = options.signal;
    this.#tries = options.tries ?? Infinity;
    this.#resolve = options.resolve;
    this.#oneShot = options.oneShot ?? false;
    this.#connector = new Connector(origin, connection.network ?? PLAIN_NETWORK, this.#deadlines.connect);
    this.#login = new Authorization(connection);
    this.#gate = connection.gate ?? null;
    this.#pool = new Pool(origin, {
      connections: Math.max(1, connection.concurrency),
      pipelining: 1,
      connect: this.#connector.connect,
      allowH2: false,
    });
  }

  get proxy(): string | null {
    return this.#connector.proxy;
  }

  async read(asked: HttpRequest): Promise<HttpAnswer> {
    const request = this.#stoppable(asked);
    const backoff = new Backoff('read');
    for (let attempt = 1; ; attempt += 1) {
      let trouble: Trouble;
      let giveUp: () => HttpAnswer;
      try {
        const answer = await this.#enter(request, false);
        const failed = answer.status === 500;
        if ((!failed && !TRY_LATER.includes(answer.status)) || isLockedOut(answer)) return answer;
        const seconds = retryAfter(answer.headers);
        trouble = failed && seconds === null ? { kind: 'failed' } : { kind: 'later', seconds };
        giveUp = () => answer;
      } catch (error) {
        if (!this.#mayPass(error)) throw connectionFailure(error, this.origin);
        trouble = { kind: 'lost' };
        giveUp = () => {
          throw connectionFailure(error, this.origin);
        };
      }
      const next = backoff.after(trouble);
      if (next.kind === 'give-up' || attempt >= this.#tries) return giveUp();
      await rest(next.seconds, request.signal);
    }
  }

  /** A server that answered before may be starting anew. */
  #mayPass(error: unknown): boolean {
    return isPassing(error) || (this.#answered > 0 && neverLeft(error));
  }

  send(request: HttpRequest): Promise<HttpAnswer> {
    return this.#enter(this.#stoppable(request), true);
  }

  #stoppable(request: HttpRequest): HttpRequest {
    if (this.#signal === undefined) return request;
    const { signal } = request;
    return { ...request, signal: signal === undefined ? this.#signal : AbortSignal.any([signal, this.#signal]) };
  }

  async close(): Promise<void> {
    this.#login.forget();
    await this.#pool.destroy();
  }

  #enter(request: HttpRequest, write: boolean): Promise<HttpAnswer> {
    const ask = (): Promise<HttpAnswer> => this.#follow(request, write);
    return request.anonymous === true ? ask() : this.#entrance.pass(ask);
  }

  async #follow(request: HttpRequest, write: boolean): Promise<HttpAnswer> {
    const { method, signal } = request;
    // Before anybody logs in: what lies elsewhere gets no password.
    requestUrl(this.origin, request.path);
    this.#checked ??= requireLoopback(this.origin, this.#resolve);
    await this.#checked;
    let login = request.anonymous === true ? ANONYMOUS : (this.#login.current ?? (await this.#login.open()));
    const deadline = deadlineOf(request, this.#deadlines);
    const wire: WireRequest = {
      method,
      path: request.path,
      headers: headersOf(login, request, request.path),
      body: request.body ?? null,
      reset: this.#oneShot,
      headersTimeout: deadline,
      bodyTimeout: deadline,
      maxBytes: request.maxBytes ?? boundOf(request, write),
      statusCounts: write || method === 'OPTIONS',
      signal: signal ?? null,
      sink: request.sink,
    };
    for (let hop = 0, logins = 0, at = wire; ;) {
      if (signal?.aborted === true) throw stopped();
      const answer = await this.#once(at);
      if (answer.status === 401 && login !== ANONYMOUS) {
        const next = logins < MAX_LOGINS ? await this.#login.after(answer, login) : null;
        if (next === null) return { ...answer, denied: this.#login.denied(answer) };
        login = next;
        logins += 1;
        at = { ...at, headers: headersOf(login, request, at.path), reset: this.#oneShot };
        continue;
      }
      if (login.sign !== null || !login.worked) this.#login.note(answer, login);
      if (!isRedirect(answer.status) || request.followRedirects === false) return answer;
      const path = this.#nextHop(at.path, answer, method, hop, request.mayGo);
      at = { ...wire, path, headers: headersOf(login, request, path), reset: this.#oneShot };
      hop += 1;
    }
  }

  async #once(wire: WireRequest): Promise<WireAnswer> {
    try {
      const go = (): Promise<WireAnswer> => exchange(this.#pool, wire);
      const answer = await (this.#gate === null ? go() : this.#gate.pass(go));
      this.#answered += 1;
      return answer;
    } catch (error) {
      if (wire.method === 'OPTIONS' && isMalformed(error)) return this.#leniently(wire);
      // A kept connection that was closed under the request. Where that happens again, connections are not kept.
      if (this.#answered > 0 && isPassing(error)) this.#silentlyClosed += 1;
      if (this.#silentlyClosed >= 2) this.#oneShot = true;
      throw this.#late(error, wire.headersTimeout);
    }
  }

  async #leniently(wire: WireRequest): Promise<WireAnswer> {
    try {
      return await exchangeLeniently(this.#connector, this.origin, wire);
    } catch (error) {
      throw this.#late(error, wire.headersTimeout);
    }
  }

  /** A deadline that passed, with its number; everything else as it is. */
  #late(error: unknown, milliseconds: number): unknown {
    const host = new URL(this.origin).hostname;
    switch (lateness(error)) {
      case 'connect':
        return unconnected(host, this.#deadlines.connect, error);
      case 'answer':
        return silent(host, milliseconds, error);
      case 'body':
        return stalled(host, milliseconds, error);
      case null:
        return error;
    }
  }

  #nextHop(path: string, answer: WireAnswer, method: string, hop: number, mayGo: HttpRequest['mayGo']): string {
    const target = leadOf(this.origin, path, headerText(answer.headers, 'location'));
    if (target === null || hop >= MAX_HOPS) {
      throw redirected(`${this.origin}${path} redirects in a way that leads nowhere. Check the address.`);
    }
    if ('elsewhere' in target) {
      throw redirected(
        `${this.origin} sends its clients on to ${target.elsewhere}. ` +
          'The password was not sent there. If you trust that address, enter it instead.',
      );
    }
    if (answer.status === 303 && method !== 'GET') {
      throw redirected(
        `${this.origin}${path} answers ${method} with a redirect to a page to look at, so nothing was done.`,
      );
    }
    const [place = '/'] = target.path.split('?');
    if (mayGo !== undefined && !mayGo(place)) {
      throw redirected(
        `${this.origin}${path} redirects to ${place}, which is another place. ` +
          'If that is the calendar you mean, enter its address instead.',
      );
    }
    return target.path;
  }
}

function headersOf(login: Credentials, request: HttpRequest, path: string): Readonly<Record<string, string>> {
  // Assigned, not spread: this is the hot path, and spreading makes objects of the slow kind.
  if (login.sign === null) {
    return request.headers === undefined ? login.headers : Object.assign({}, login.headers, request.headers);
  }
  const authorization = login.sign(request.method, path);
  return Object.assign({}, login.headers, request.headers, { authorization });
}

function boundOf({ method, sink }: HttpRequest, write: boolean): number {
  if (write || method === 'OPTIONS') return BOUNDS.words;
  return sink === undefined ? BOUNDS.object : BOUNDS.list;
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function redirected(message: string): HushError {
  return new HushError({ code: 'SERVER_REDIRECTED', message, reaction: 'fix-input' });
}

/** All lines of a header as one text. */
export function headerText(headers: AnswerHeaders, name: string): string {
  const value = headers[name];
  return value === undefined ? '' : typeof value === 'string' ? value : value.join(', ');
}

/** `Retry-After` in seconds (RFC 9110 §10.2.3: a number or a date); null when absent or unreadable. */
export function retryAfter(headers: AnswerHeaders, now = Date.now()): number | null {
  const text = headerText(headers, 'retry-after').trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = text === '' ? NaN : Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}
