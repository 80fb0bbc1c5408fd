import { request as httpRequest, type Agent } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import type { RunningServer, ServerUser } from './harness.ts';

/**
 * A CalDAV client of a few lines for looking at servers from outside. It shares nothing with the engine, so that a
 * mistake there cannot hide itself here. Without an agent every request opens its own connection: SOGo closes them without
 * a word.
 */
export interface PlainClient {
  readonly origin: string;
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Paths of the members of a collection, sorted (PROPFIND, Depth 1). */
  list(collection: string): Promise<readonly string[]>;
  /** Every member with its bytes, by path. */
  readAll(collection: string): Promise<ReadonlyMap<string, Buffer>>;
}

interface RequestOptions {
  readonly body?: string | Buffer;
  /** A list sends the header once per value. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

interface Answer {
  readonly status: number;
  /** By lower-case name; a header that came several times is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const LIST =
  '<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/><getetag/><getcontenttype/></prop></propfind>';

/** A client that logs in as one user; `origin` is that of the server unless another of its ports is meant. */
export function plainClient(
  server: { readonly description: Pick<RunningServer['description'], 'base_url'> },
  user: Pick<ServerUser, 'user' | 'password'>,
  origin = server.description.base_url,
  agent: Agent | false = false,
): PlainClient {
  const login = user.password === null ? undefined : `${user.user}:${user.password}`;
  const request: PlainClient['request'] = (method, path, options) => send(origin, login, agent, method, path, options);

  const list = async (collection: string) => {
    const answer = await request('PROPFIND', collection, {
      body: LIST,
      headers: { Depth: '1', 'Content-Type': 'application/xml; charset=utf-8' },
    });
    if (answer.status !== 207) throw new Error(`PROPFIND ${collection}: ${answer.status} ${answer.body.toString()}`);
    return membersOf(answer.body.toString('utf8'), collection);
  };

  const readAll = async (collection: string) => {
    const all = new Map<string, Buffer>();
    for (const path of await list(collection)) {
      const answer = await request('GET', path);
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`);
      all.set(path, answer.body);
    }
    return all;
  };

  return { origin, request, list, readAll };
}

function send(
  origin: string,
  login: string | undefined,
  agent: Agent | false,
  method: string,
  path: string,
  { body, headers = {} }: RequestOptions = {},
): Promise<Answer> {
  const payload = body === undefined ? undefined : Buffer.from(body);
  const { hostname, port } = new URL(origin);
  const all: OutgoingHttpHeaders = { ...headers, ...(agent === false ? { Connection: 'close' } : {}) };
  if (login !== undefined) all['Authorization'] ??= `Basic ${Buffer.from(login).toString('base64')}`;
  if (payload !== undefined) all['Content-Length'] = payload.length;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ hostname, port, method, path, agent, timeout: 60_000, headers: all });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path}: no answer in 60 s`)));
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(incoming.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
          ),
          body: Buffer.concat(parts),
        }),
      );
    });
    outgoing.end(payload);
  });
}

const xml = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'response',
});

/** Hrefs of the members in a multistatus: neither the collection itself nor a collection inside it. */
function membersOf(text: string, collection: string): readonly string[] {
  const multistatus: unknown = xml.parse(text);
  const responses = child(child(multistatus, 'multistatus'), 'response');
  const paths: string[] = [];
  for (const response of Array.isArray(responses) ? responses : []) {
    const href = child(response, 'href');
    if (typeof href !== 'string') continue;
    const path = new URL(href.trim(), 'http://localhost').pathname;
    if (path !== collection && !path.endsWith('/')) paths.push(path);
  }
  return paths.sort();
}

function child(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null && name in node
    ? (node as Record<string, unknown>)[name]
    : undefined;
}
