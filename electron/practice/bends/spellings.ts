/** Other ways to write an href of this server, `/dav/calendars/USER/SLUG/NAME` in its own spelling. */
const SPELLINGS = {
  /** As behind a proxy that puts a folder in front and does not tell the server. */
  'prefix-stripped': (path: string) => path.replace(/^\/dav\//, '/'),
  'prefix-added': (path: string) => path.replace(/^\/dav\//, '/inside/dav/'),
  'doubled-slash': (path: string) => path.replace(/^(\/dav\/[^/]+)\//, '$1//'),
  'user-case': (path: string) =>
    path.replace(/^(\/dav\/[^/]+\/)([^/]+)/, (_, above: string, user: string) => above + user.toUpperCase()),
  'internal-host': (path: string) => `http://backend.internal:8080${path}`,
  'lower-hex': (path: string) => path.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
  /** RFC 3986 §2.3: the same address. */
  'encoded-unreserved': (path: string) =>
    named(path, (name) => name.replace(/^[a-z]/i, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)),
  /** Nothing is encoded but a slash: `?`, `#`, blanks, `%` and letters beyond ASCII stand for themselves. */
  raw: (path: string) => named(path, (name) => decoded(name.replace(/%2F/gi, '%252F'))),
  'slash-decoded': (path: string) => named(path, (name) => name.replace(/%2F/gi, '/')),
  'encoded-twice': (path: string) => named(path, (name) => name.replace(/%/g, '%25')),
} as const;

export type Spelling = keyof typeof SPELLINGS;

/** An href of this server in another spelling; one that is none of its own stays as it is. */
export function spell(href: string, spelling: Spelling): string {
  return href.startsWith('/dav/') ? SPELLINGS[spelling](href) : href;
}

/** Changes the last segment of an object's path; collections end in a slash and keep theirs. */
function named(path: string, change: (name: string) => string): string {
  const at = path.lastIndexOf('/') + 1;
  return at === path.length ? path : path.slice(0, at) + change(path.slice(at));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
