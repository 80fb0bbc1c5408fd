import { REQUESTS, type RequestKind } from './requests.ts';
import type { ResponseChange } from './one-response.ts';
import type { Spelling } from './spellings.ts';

/** What becomes of an answer. */
export type Change =
  /** Another answer altogether; nothing is read or applied. */
  | {
      readonly kind: 'instead';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection is closed: before the answer, or in the middle of its body. */
  | { readonly kind: 'cut'; readonly at: 'before' | 'body' }
  /** Every href of the answer in another spelling. */
  | { readonly kind: 'hrefs'; readonly spelling: Spelling }
  /** One response of the 207. */
  | { readonly kind: 'response'; readonly change: ResponseChange }
  /** The last response goes, and the collection has this status of its own (RFC 6578 §3.6). */
  | { readonly kind: 'truncated'; readonly status: string; readonly silent?: boolean }
  /** No responses, or only that of the collection itself. */
  | { readonly kind: 'emptied'; readonly keepsItself: boolean }
  /** A header goes. */
  | { readonly kind: 'headerless'; readonly header: string }
  /** The octets: something in front of them, or packed. */
  | { readonly kind: 'prefixed'; readonly text: string }
  | { readonly kind: 'gzipped' }
  /** The text of an object ends in the middle, and the answer around it is whole. */
  | { readonly kind: 'halved' }
  /** One more href in calendar-home-set (RFC 4791 §6.2.1 allows several), or the only one there. */
  | { readonly kind: 'home'; readonly href: string; readonly alone?: boolean };

/** A named change of one answer. */
export interface Bend {
  readonly name: string;
  readonly summary: string;
  /** The requests whose answers it can change. */
  readonly requests: readonly RequestKind[];
  readonly change: Change;
}

const LISTS: readonly RequestKind[] = ['home', 'list', 'query', 'multiget', 'sync'];
const MULTISTATUS: readonly RequestKind[] = ['principal', 'properties', ...LISTS];
const WITH_ETAGS: readonly RequestKind[] = ['list', 'query', 'multiget', 'sync'];
/** An answer to OPTIONS has no body. */
const BODIES = REQUESTS.filter((kind) => kind !== 'options');
const LOGIN_PAGE = '<!DOCTYPE html><html><head><title>Log in</title></head><body><form></form></body></html>';
const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

const hrefs = (name: Spelling, summary: string, requests = MULTISTATUS) =>
  ({ name, summary, requests, change: { kind: 'hrefs', spelling: name } }) as const;
const one = (name: ResponseChange, summary: string, requests = LISTS) =>
  ({ name, summary, requests, change: { kind: 'response', change: name } }) as const;
const instead = (status: number, summary: string, requests: readonly RequestKind[] = REQUESTS) =>
  ({ name: `answer-${status}`, summary, requests, change: { kind: 'instead', status } }) as const;

/** All of them. Each was met on a real server or behind a real proxy; what they have in common is that the answer looks sound. */
export const BENDS: readonly Bend[] = [
  hrefs('prefix-stripped', 'A proxy took a folder off the address: the hrefs lack it.'),
  hrefs('prefix-added', 'A proxy put a folder in front: the hrefs have one more than the address.'),
  hrefs('doubled-slash', 'One slash in the hrefs is doubled.'),
  hrefs('user-case', 'The hrefs write the user in capitals.'),
  hrefs('internal-host', 'The hrefs are absolute and name a host behind the proxy.'),
  hrefs('lower-hex', 'Percent-encoding in small letters.', LISTS),
  hrefs('encoded-unreserved', 'A letter of the name is percent-encoded that need not be.', LISTS),
  hrefs('raw', 'Names are not encoded at all.', LISTS),
  hrefs('slash-decoded', 'An encoded slash in a name is written as a slash.', LISTS),
  hrefs('encoded-twice', 'Names are encoded twice.', LISTS),
  one('missing', 'One response is left out.'),
  one('twice', 'One response is there twice.'),
  one('twice-other-etag', 'One response is there twice, with different ETags.', WITH_ETAGS),
  one('status-403', 'One response has the status 403 of its own.'),
  one('status-404', 'One response has the status 404 of its own.'),
  one('status-500', 'One response has the status 500 of its own.'),
  one('properties-500', 'All properties of one response have the status 500.'),
  one('no-href', 'One response has no href.'),
  one('empty-href', 'One response has an empty href.'),
  one('unplaceable-href', 'One response has an href that lies elsewhere.'),
  one('other-origin', 'One response has an href on another host.'),
  one('no-etag', 'One response has no ETag.', WITH_ETAGS),
  one('half-data', 'The calendar data of one response ends in the middle.', ['query', 'multiget']),
  {
    name: 'half-text',
    summary: 'The text of an object ends in the middle, and the answer around it is whole.',
    requests: ['get'],
    change: { kind: 'halved' },
  },
  one('no-data', 'One response has empty calendar data.', ['query', 'multiget']),
  {
    name: 'truncated',
    summary: 'The last response is left out, and the collection has the status 507.',
    requests: LISTS,
    change: { kind: 'truncated', status: '507 Insufficient Storage' },
  },
  {
    name: 'collection-500',
    summary: 'The last response is left out, and the collection has the status 500.',
    requests: LISTS,
    change: { kind: 'truncated', status: '500 Internal Server Error' },
  },
  {
    name: 'emptied',
    summary: 'A 207 without any response.',
    requests: MULTISTATUS,
    change: { kind: 'emptied', keepsItself: false },
  },
  {
    name: 'members-left-out',
    summary: 'A 207 with nothing but the collection itself.',
    requests: ['home', 'list'],
    change: { kind: 'emptied', keepsItself: true },
  },
  {
    name: 'no-etag-header',
    summary: 'GET answers without an ETag.',
    requests: ['get'],
    change: { kind: 'headerless', header: 'ETag' },
  },
  {
    name: 'junk-before',
    summary: 'A warning of the server stands before the XML.',
    requests: MULTISTATUS,
    change: { kind: 'prefixed', text: '<br />\n<b>Warning</b>: Undefined index in <b>server.php</b><br />\n' },
  },
  { name: 'gzip', summary: 'Packed although nobody asked.', requests: REQUESTS, change: { kind: 'gzipped' } },
  {
    name: 'html',
    summary: 'A web page with the status 200.',
    requests: REQUESTS,
    change: { kind: 'instead', status: 200, headers: HTML, body: LOGIN_PAGE },
  },
  {
    name: 'empty-200',
    summary: 'Nothing at all, with the status 200.',
    requests: REQUESTS,
    change: { kind: 'instead', status: 200, body: '' },
  },
  {
    name: 'login-redirect',
    summary: 'A redirect to a login page on another host.',
    requests: REQUESTS,
    change: {
      kind: 'instead',
      status: 302,
      headers: { ...HTML, Location: 'https://login.example/login/?page=/' },
      body: LOGIN_PAGE,
    },
  },
  { name: 'cut', summary: 'The body ends in the middle.', requests: BODIES, change: { kind: 'cut', at: 'body' } },
  {
    name: 'reset',
    summary: 'The connection is closed unanswered.',
    requests: REQUESTS,
    change: { kind: 'cut', at: 'before' },
  },
  instead(500, 'The server fails.'),
  instead(503, 'The server is too busy.'),
  instead(403, 'It is not allowed.'),
  instead(404, 'There is nothing.'),
  instead(501, 'The server does not know the request.'),
  instead(507, 'The server has no room for the answer.', ['sync', 'query', 'list']),
  instead(418, 'The server is a teapot.', ['sync', 'query', 'multiget']),
  {
    name: 'home-of-another',
    summary: 'calendar-home-set has a second href, the home of bob.',
    requests: ['principal'],
    change: { kind: 'home', href: '/dav/calendars/bob/' },
  },
  {
    name: 'home-elsewhere',
    summary: 'calendar-home-set has a second href, on another host.',
    requests: ['principal'],
    change: { kind: 'home', href: 'https://elsewhere.example/dav/calendars/alice/' },
  },
  {
    name: 'home-inside',
    summary: 'calendar-home-set names an inner host, behind which the home is the same.',
    requests: ['principal'],
    change: { kind: 'home', href: 'http://backend.internal:8080/dav/calendars/alice/', alone: true },
  },
  {
    name: 'only-home-elsewhere',
    summary: 'calendar-home-set names another host alone, and there is no such home here.',
    requests: ['principal'],
    change: { kind: 'home', href: 'https://elsewhere.example/7/calendars/', alone: true },
  },
];

export const bendNamed = (name: string): Bend | undefined => BENDS.find((bend) => bend.name === name);
