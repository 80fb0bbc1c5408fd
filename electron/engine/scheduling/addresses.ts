import { withoutEnd } from '../../../shared/text/text.ts';
/**
 * A calendar user address as a key: `mailto:` addresses in lower case and decoded, other URIs and paths in lower case
 * without a trailing slash. Two spellings of one user's address have one key.
 */
export function addressKey(address: string): string {
  const text = address.trim();
  if (/^mailto:/i.test(text)) return `mailto:${decoded(text.slice(7)).split('?')[0]?.trim().toLowerCase() ?? ''}`;
  if (!text.includes(':') && text.includes('@') && !text.startsWith('/')) return `mailto:${text.toLowerCase()}`;
  return withoutEnd(text.toLowerCase(), '/');
}

/** The domain of a `mailto:` address, lower case; null for other kinds. */
export function domainOf(key: string): string | null {
  if (!key.startsWith('mailto:')) return null;
  const at = key.lastIndexOf('@');
  return at < 0 ? null : key.slice(at + 1);
}

/** Domains of the owner's mail addresses: what counts as inside unless an admin says otherwise. */
export function domainsOf(addresses: readonly string[]): ReadonlySet<string> {
  return new Set(addresses.map((address) => domainOf(addressKey(address))).filter((domain) => domain !== null));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
