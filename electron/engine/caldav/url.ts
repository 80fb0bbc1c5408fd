import { hash } from 'node:crypto';
import { isLoopback, withScheme } from '../../../shared/text/address.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { withoutEnd } from '../../../shared/text/text.ts';

/** A calendar collection's address, checked once: everything requested for it must lie inside. */
export interface CollectionUrl {
  /** With a trailing slash. */
  readonly url: string;
  readonly origin: string;
  /** Path as written, with a trailing slash. */
  readonly path: string;
}

/**
 * Parses the address of a collection.
 *
 * @throws HushError `URL_INVALID` when it is no http(s) URL, or carries credentials, a query or a fragment;
 * `SERVER_INSECURE` as serverUrl.
 */
export function collectionUrl(text: string): CollectionUrl {
  const url = serverUrl(text);
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  return { url: url.origin + path, origin: url.origin, path };
}

/** The collection above; null for the root of the server. */
export function parentUrl({ origin, path }: CollectionUrl): CollectionUrl | null {
  const inner = withoutEnd(path, '/');
  const above = inner.slice(0, inner.lastIndexOf('/') + 1);
  return above === path || above === '' ? null : { url: origin + above, origin, path: above };
}

/**
 * The URL a person means. Without a scheme it is `https://`, and `http://` for this machine only: a password goes in
 * clear text nowhere else, so `http://` to another machine is refused.
 *
 * @throws HushError `URL_INVALID`, `SERVER_INSECURE`
 */
export function serverUrl(typed: string): URL {
  const url = parseHttpUrl(withScheme(typed));
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new HushError({
      code: 'SERVER_INSECURE',
      message: `${url.origin} would get the password unencrypted. Use https://, or a tunnel that ends on this computer.`,
      reaction: 'fix-input',
    });
  }
  return url;
}

/** An absolute http(s) URL without credentials, query and fragment. */
function parseHttpUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalidUrl(`"${text.slice(0, 200)}" is not a web address. Write it as https://server/path.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw invalidUrl(`A calendar server is reached by https:// or http://, not by ${url.protocol}//.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalidUrl('Leave the user name and the password out of the address, and give them separately.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw invalidUrl('The address of a calendar has no "?" and no "#". Copy it without them.');
  }
  return url;
}

function invalidUrl(message: string): HushError {
  return new HushError({ code: 'URL_INVALID', message, reaction: 'fix-input' });
}

/** Scheme and host, or the host alone, that an href begins with (RFC 3986 §4.2); backslashes count as browsers count them. */
const AUTHORITY = /^(?:https?:)?[/\\]{2}[^/\\?#]*/i;

/**
 * The path of an href that a server wrote, as it is spelled: `?`, `#` and blanks in it stand for themselves. Of an absolute
 * URL, and of `//host/path`, only the path counts: servers behind a proxy name their inner host, and every request goes to
 * our own origin, whatever the href names (transport/target.ts). Null when there is none.
 */
export function hrefPath(href: string, base: string): string | null {
  const text = href.trim();
  if (text === '' || /\p{Cc}/u.test(text)) return null;
  const [authority] = AUTHORITY.exec(text) ?? [];
  if (authority !== undefined) return text.length === authority.length ? '/' : rooted(text.slice(authority.length));
  if (text.startsWith('/')) return text;
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return null;
  const { pathname } = new URL(base);
  return `${pathname.slice(0, pathname.lastIndexOf('/') + 1)}${text.replace(/^(?:\.\/)+/, '')}`;
}

/** The same, where one that is not here stands for the root. */
export function pathOf(url: string, base: string): string {
  return hrefPath(url, base) ?? '/';
}

/** The origin that an href names; null where it names none. */
export function hrefOrigin(href: string, base: string): string | null {
  const [authority] = AUTHORITY.exec(href.trim()) ?? [];
  return authority === undefined || !URL.canParse(authority, base) ? null : new URL(authority, base).origin;
}

function rooted(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/**
 * A key that is equal for two spellings of one path (RFC 3986 §6): each segment decoded and encoded again in one way, runs
 * of slashes taken for one. `%2F` is no slash; a `%` that begins no escape, `?`, `#` and blanks stand for themselves.
 */
export function pathKey(path: string): string {
  // Most hrefs are made of characters that nobody encodes; they need no work.
  if (/^(?:\/?[A-Za-z0-9._-])*\/?$/.test(path)) return path;
  return path
    .replace(/\/{2,}/g, '/')
    .split('/')
    .map(segmentKey)
    .join('/');
}

/** The same for the path of a collection, with or without its slash at the end. */
export function collectionPathKey(path: string): string {
  return pathKey(path.endsWith('/') ? path : `${path}/`);
}

/** A key that is equal for two spellings of the URL of one collection. */
export function collectionKey(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + collectionPathKey(pathname);
}

function segmentKey(segment: string): string {
  const sound = segment.replace(/%(?![0-9a-f]{2})/gi, '%25');
  try {
    return encodeURIComponent(decodeURIComponent(sound));
  } catch {
    // Octets that are no UTF-8 stay what they are.
    return sound.replace(/%[0-9a-f]{2}|[^%]+/gi, (part) => (part.startsWith('%') ? octetKey(part) : encode(part)));
  }
}

function octetKey(escape: string): string {
  const char = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  return /[A-Za-z0-9._~!*'()-]/.test(char) ? char : escape.toUpperCase();
}

function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** The segments of a path, empty ones left out, as they are spelled. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** Whether a path names something directly inside a collection: one more segment that does not climb. */
export function isInside(path: string, collectionPath: string): boolean {
  const home = segmentsOf(collectionPath);
  const own = segmentsOf(path);
  if (own.length !== home.length + 1 || path.endsWith('/')) return false;
  return home.every((segment, at) => same(segment, own[at] ?? '')) && isName(own[home.length] ?? '');
}

function same(one: string, other: string): boolean {
  return one === other || segmentKey(one) === segmentKey(other);
}

/** Whether a segment may name an object: whatever a server makes of its escapes, it does not climb. */
export function isName(segment: string): boolean {
  const decoded = segment.replace(/%2F/gi, '/').replace(/%5C/gi, '\\').replace(/%2E/gi, '.');
  if (/\p{Cc}|%[01][0-9a-f]|%7f/iu.test(segment)) return false;
  return !decoded.split(/[/\\]/).some((part) => part === '.' || part === '..') && /[^/\\]/.test(decoded);
}

/**
 * The request path of an object that lies in the collection.
 *
 * @throws HushError `HREF_OUTSIDE` for anything else: nothing is sent there.
 */
export function objectPath(href: string, collection: CollectionUrl): string {
  const path = pathAsked(href, collection);
  if (path === null || !isInside(path, collection.path)) {
    throw new HushError({
      code: 'HREF_OUTSIDE',
      message: `The address "${href.slice(0, 200)}" does not lie in the calendar ${collection.url}, so nothing was sent to it.`,
      reaction: 'skip-item',
    });
  }
  return requestPath(path);
}

/** The address of a calendar may begin with two slashes: below it, that is no other host. */
function pathAsked(href: string, { path, url }: CollectionUrl): string | null {
  return path.startsWith('//') && href.startsWith(path) ? href : hrefPath(href, url);
}

/** A path as it may stand in a request line: what cannot stand there is encoded, and nothing else. */
export function requestPath(path: string): string {
  return /^(?:[!$&-;=@-Z_a-z~]|%[0-9a-f]{2})*$/i.test(path)
    ? path
    : path.replace(/%(?![0-9a-f]{2})|[?#\\]|[^\x21-\x7e]+/gi, encode);
}

/** A path for a new object of a UID, made from its hash: the UID comes from a file and is never used raw. */
export function hrefForUid(uid: string, collection: CollectionUrl): string {
  return `${collection.path}${hash('sha256', uid).slice(0, 40)}.ics`;
}
