import { HushError } from '../../../../shared/model/failure.ts';

/**
 * The URL of a request: `path` on `origin`, and nowhere else. Every request is made by it, before a login is put on.
 *
 * @param path as it stands in the request line (RFC 9112 §3.2.1): it may begin with two slashes and is no host for that
 * @throws HushError `HREF_OUTSIDE` for what is no path, or could be read as another host
 */
export function requestUrl(origin: string, path: string): URL {
  const text = origin + path;
  // A line break, a blank, or an address that goes on behind the origin (`@host`, `.host`, `:port`) is no path.
  if (/^\/[^\s\p{Cc}]*$/u.test(path) && URL.canParse(text)) {
    const url = new URL(text);
    if (url.origin === origin && url.username === '' && url.password === '') return url;
  }
  throw new HushError({
    code: 'HREF_OUTSIDE',
    message: `The address "${shown(path)}" does not lie on ${origin}, so nothing was sent to it.`,
    reaction: 'skip-item',
  });
}

/** Where a server leads: on with a path, or to another origin, which gets nothing; null when it is no address. */
type Lead = { readonly path: string } | { readonly elsewhere: string } | null;

/** Reads a reference (RFC 3986 §4.1) of a server as every browser does: `//B/`, `/\\B/` and `http:\\\\B/` are all B. */
export function leadOf(origin: string, path: string, reference: string): Lead {
  const base = requestUrl(origin, path);
  if (reference === '' || !URL.canParse(reference, base.href)) return null;
  const url = new URL(reference, base.href);
  if (url.origin !== origin) return { elsewhere: `${url.origin}${url.pathname}` };
  return { path: url.pathname + url.search };
}

function shown(path: string): string {
  return path.slice(0, 200).replace(/\p{Cc}/gu, ' ');
}
