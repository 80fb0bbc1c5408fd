/** Whether a text names its scheme, `https://` or any other. */
function hasScheme(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/** The domain of a mail address, in lower case; null for any other text. */
export function mailDomain(text: string): string | null {
  const [local = '', domain = '', ...more] = text.trim().split('@');
  if (more.length > 0 || /[\s:/?#]/.test(local + domain) || local === '' || !domain.includes('.')) return null;
  return URL.canParse(`https://${domain}`) ? new URL(`https://${domain}`).hostname : null;
}

/** Whether a host name, of an IPv6 address with its brackets, means this machine. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** What a person typed, with the scheme that was meant: without one it is `https://`, and `http://` for this machine. */
export function withScheme(typed: string): string {
  const text = typed.trim();
  if (hasScheme(text)) return text;
  const url = `https://${text}`;
  return URL.canParse(url) && isLoopback(new URL(url).hostname) ? `http://${text}` : url;
}

/**
 * Scheme, host and port that a URL or a typed host means: where requests for it go. A text that is neither stands for
 * itself, so that two different ones are never taken for the same server.
 */
export function originOf(typed: string): string {
  const url = withScheme(typed);
  if (!URL.canParse(url)) return typed;
  const { origin, protocol } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? origin : typed;
}

/**
 * The last segment of a path or http(s) URL as a name to read: decoded, unless its octets are no UTF-8 or hide control
 * characters. `otherwise` for a path that has no segment, such as `/`.
 */
export function lastSegment(address: string, otherwise = address): string {
  const path = address.replace(/^https?:\/\/[^/?#]*/i, '');
  const segment = path.split('/').findLast((part) => part !== '');
  return segment === undefined ? otherwise : decoded(segment);
}

function decoded(segment: string): string {
  try {
    const text = decodeURIComponent(segment);
    return /\p{Cc}/u.test(text) ? segment : text;
  } catch {
    return segment;
  }
}
