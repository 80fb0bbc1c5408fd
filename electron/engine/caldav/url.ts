import { hash } from 'node:crypto';
import { HushError } from '../../../shared/model/failure.ts';
import { withoutEnd } from '../../../shared/model/text.ts';

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
  const text = typed.trim();
  const bare = !/^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = parseHttpUrl(bare ? `https://${text}` : text);
  if (bare && isLoopback(url.hostname)) return parseHttpUrl(`http://${text}`);
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

/**
 * The path of an href that a server wrote: an absolute path or an absolute URL. Of an absolute URL only the path counts
 * (servers behind a proxy often write another scheme or host), since every request goes to our own origin anyway.
 * Null when it cannot be read.
 */
export function hrefPath(href: string, base: string): string | null {
  const text = href.trim();
  if (text.startsWith('/') && !text.startsWith('//')) return text;
  try {
    return new URL(text, base).pathname;
  } catch {
    return null;
  }
}

/** A key that is equal for two spellings of one path: every segment decoded and encoded again in one way. */
export function pathKey(path: string): string {
  // Most hrefs are made of characters that nobody encodes; they need no work.
  if (/^[A-Za-z0-9/._-]*$/.test(path)) return path;
  return path.split('/').map(segmentKey).join('/');
}

function segmentKey(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return segment;
  }
}

/** Whether a path names something directly inside a collection: one more segment, not empty, that does not climb. */
export function isInside(path: string, collectionPath: string): boolean {
  const key = pathKey(path);
  const home = pathKey(collectionPath);
  if (!key.startsWith(home)) return false;
  const name = key.slice(home.length);
  return name !== '' && name !== '.' && name !== '..' && !/[/?#\\]|%2F|%5C|%00/i.test(name);
}

/**
 * The request path of an object that lies in the collection.
 *
 * @throws HushError `HREF_OUTSIDE` for anything else: nothing is sent there.
 */
export function objectPath(href: string, collection: CollectionUrl): string {
  const path = hrefPath(href, collection.url);
  if (path === null || !isInside(path, collection.path) || !isPlainPath(path)) {
    throw new HushError({
      code: 'HREF_OUTSIDE',
      message: `The address "${href.slice(0, 200)}" does not lie in the calendar ${collection.url}, so nothing was sent to it.`,
      reaction: 'skip-item',
    });
  }
  return encodeStray(path);
}

/** No query, no fragment, no control character, nothing that a parser would resolve to another place. */
function isPlainPath(path: string): boolean {
  return !/[?#\\\p{Cc}]/u.test(path);
}

/** Encodes characters that may not stand in a request line; leaves existing escapes alone. */
function encodeStray(path: string): string {
  return /^[\x21-\x7e]*$/.test(path) ? path : path.replace(/[^\x21-\x7e]+/g, (stray) => encodeURIComponent(stray));
}

/** A path for a new object of a UID, made from its hash: the UID comes from a file and is never used raw. */
export function hrefForUid(uid: string, collection: CollectionUrl): string {
  return `${collection.path}${hash('sha256', uid).slice(0, 40)}.ics`;
}

/** Whether a host name means this machine. */
function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
