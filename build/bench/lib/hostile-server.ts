import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Share } from './hostile-files.ts';
import { scaled } from './options.ts';

const MB = 1_000_000;
const HEAD = '<?xml version="1.0"?><D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">';
const TAIL = '</D:multistatus>';
const SELF =
  '<D:response><D:href>/CASE/</D:href><D:propstat><D:prop>PROPS</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>';
const KNOWN =
  '<D:current-user-principal><D:href>/CASE/</D:href></D:current-user-principal>' +
  '<C:calendar-home-set><D:href>/CASE/</D:href></C:calendar-home-set><D:resourcetype><D:collection/><C:calendar/></D:resourcetype>';

/** An answer as it is written: a beginning, a part that is repeated, an end. */
interface Long {
  readonly status: number;
  readonly packed?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly begin: string;
  readonly part: string;
  readonly octets: number;
  readonly end: string;
}

const long = (over: Partial<Long>): Long => ({ status: 207, begin: HEAD, part: '', octets: 0, end: TAIL, ...over });
const response = (inner: string): string => `<D:response>${inner}</D:response>`;
const listed = (name: string): string =>
  response(
    `<D:href>/CASE/${name}.ics</D:href><D:propstat><D:prop><D:getetag>"1"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>`,
  );

const CHALLENGES = (octets: number): string => `Digest realm="${'a, b='.repeat(octets / 5)}`;

/** What a server may answer to whatever it is asked, by name. `NTH` in a part is a number that goes up. */
const answers = (of: (count: number) => number): Readonly<Record<string, Long>> => ({
  'XML nested 20,000 deep': long({ part: '<a>', octets: of(60_000) }),
  'XML nested 300,000 deep': long({ part: '<a>', octets: of(900_000) }),
  '30 MB of elements': long({
    begin: `${HEAD}<D:response>`,
    part: '<a/>',
    octets: of(30 * MB),
    end: `</D:response>${TAIL}`,
  }),
  '30 MB of attributes': long({ begin: `${HEAD}<a `, part: 'aNTH="" ', octets: of(30 * MB), end: `/>${TAIL}` }),
  '30 MB of declared namespaces': long({
    begin: `${HEAD}<a `,
    part: 'xmlns:aNTH="u" ',
    octets: of(30 * MB),
    end: `/>${TAIL}`,
  }),
  '30 MB of stray ampersands': long({
    begin: `${HEAD}<a>`,
    part: '&amp &x',
    octets: of(30 * MB),
    end: `</a>${TAIL}`,
  }),
  'a comment of 300 MB': long({ begin: `${HEAD}<!--`, part: 'x - ', octets: of(300 * MB) }),
  'a list of 300 MB, long names': long({ part: listed(`NTH-${'n'.repeat(200)}`), octets: of(300 * MB) }),
  'a list of 400,000 objects': long({ part: listed('NTH'), octets: of(400_000) * listed('NTH').length }),
  'a list of 300 MB, short responses': long({ part: '<D:response/>', octets: of(300 * MB) }),
  'a list of 300 MB in 0.3 MB of gzip': long({ packed: true, part: listed('n'.repeat(200)), octets: of(300 * MB) }),
  'a text of 300 MB': long({ status: 200, begin: '', part: 'BEGIN:VCALENDAR\r\n', octets: of(300 * MB), end: '' }),
  'an error of 300 MB': long({ status: 403, begin: '', part: '<p>No', octets: of(300 * MB), end: '' }),
  '15 KB of challenges': long({
    status: 401,
    part: 'x',
    octets: 1,
    headers: { 'www-authenticate': CHALLENGES(of(15_000)) },
  }),
  'a web page of 300 MB': long({ status: 200, begin: '<html><title>', part: '<script', octets: of(300 * MB), end: '' }),
});

/** Their names; the same at every size. */
export const ANSWERS = Object.keys(answers(scaled));

interface HostileServer {
  /** The base URL under which an answer comes, at a size. */
  url(answer: string, share: Share): string;
  close(): Promise<void>;
}

/** Serves each answer below a path of its own, as fast as it is taken. */
export async function startHostileServer(): Promise<HostileServer> {
  const shares: Share[] = [];
  const server = createServer((request, reply) => {
    request.resume();
    reply.on('error', () => undefined);
    const [, place = ''] = (request.url ?? '').split('/');
    const [nth = 0, at = 0] = place.slice(1).split('-').map(Number);
    const share = shares[at] ?? 1;
    const answer = answers((count) => Math.max(1, Math.round(scaled(count) * share)))[ANSWERS[nth] ?? ''];
    // The first question is answered well, so that the long answer comes where a list is asked for.
    const isFirst = request.headers['depth'] === '0' && place.startsWith('l');
    const body = isFirst || answer === undefined ? [HEAD + SELF.replace('PROPS', KNOWN) + TAIL] : parts(answer);
    const packed = answer?.packed === true && !isFirst;
    const status = isFirst || answer === undefined ? 207 : answer.status;
    reply.writeHead(status, {
      dav: '1, calendar-access',
      ...(isFirst ? {} : answer?.headers),
      ...(packed ? { 'content-encoding': 'gzip' } : {}),
    });
    const source = Readable.from(named(body, place));
    const out = packed ? source.pipe(createGzip()) : source;
    out.on('error', () => undefined);
    reply.on('close', () => source.destroy());
    out.pipe(reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Listening on TCP: an object, not a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    url: (answer, share) => {
      const at = shares.push(share) - 1;
      return `http://127.0.0.1:${port}/CASE${ANSWERS.indexOf(answer)}-${at}/`;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function* named(texts: Iterable<string>, place: string): Generator<string> {
  for (const text of texts) yield text.replaceAll('CASE', place);
}

const CHUNK = 256 * 1024;

function* parts({ begin, part, octets, end }: Long): Generator<string> {
  yield begin;
  const counts = part.includes('NTH');
  const many = Math.max(1, Math.round(CHUNK / part.length));
  const same = counts ? '' : part.repeat(many);
  for (let sent = 0, nth = 0; sent < octets;) {
    const count = Math.min(many, Math.ceil((octets - sent) / part.length));
    const text = counts
      ? Array.from({ length: count }, () => part.replace('NTH', String((nth += 1)))).join('')
      : same.slice(0, count * part.length);
    sent += text.length;
    yield text;
  }
  yield end;
}
