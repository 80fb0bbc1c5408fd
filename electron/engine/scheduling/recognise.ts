import type { ServerEvidence } from '../caldav/types.ts';
import { PROFILES } from './profiles/all.ts';
import { BY_STATUS_PAGE, type Fingerprint, type ServerProfile } from './profiles/profile.ts';

/** What a server is, as far as its answers say. */
export interface Recognised {
  readonly profile: ServerProfile;
  readonly version: string | null;
  /** Name and version for a person, e.g. `Cyrus 3.6.1`. */
  readonly product: string;
  /** By its realm alone: what is known of the product unlocks nothing here. */
  readonly byRealm: boolean;
}

/** The first profile whose fingerprint fits, one by a realm last; null for an unknown server. */
export function recognise(server: ServerEvidence): Recognised | null {
  return recogniseBy(server, false) ?? recogniseBy(server, true);
}

function recogniseBy(server: ServerEvidence, byRealm: boolean): Recognised | null {
  for (const profile of PROFILES) {
    for (const fingerprint of profile.fingerprints) {
      if ((fingerprint.realm !== undefined) !== byRealm) continue;
      const version = versionWhereFits(fingerprint, server);
      if (version === null) continue;
      const text = version === '' ? null : version;
      return { profile, version: text, product: text === null ? profile.name : `${profile.name} ${text}`, byRealm };
    }
  }
  return null;
}

/** The version (empty when not told) when all conditions hold; null otherwise. */
export function versionWhereFits(fingerprint: Fingerprint, server: ServerEvidence): string | null {
  const { header, token, noToken, path, tokens, allTokens, allow, privilege, statusPage, realm } = fingerprint;
  const all = [...server.davTokens];
  if (token !== undefined && !all.some((name) => token.test(name))) return null;
  if (noToken !== undefined && all.some((name) => noToken.test(name))) return null;
  if (path !== undefined && !path.test(server.path ?? '')) return null;
  if (tokens !== undefined && !isExactly(server.davTokens, tokens)) return null;
  if (allow !== undefined && !isExactly(server.allow, allow)) return null;
  if (allTokens?.every((name) => server.davTokens.has(name)) === false) return null;
  if (privilege !== undefined && ![...(server.privileges ?? [])].some((name) => privilege.test(name))) return null;
  if (statusPage !== undefined && !statusPage.test(server.statusPage?.product ?? '')) return null;
  if (realm !== undefined && !realm.test(server.realm ?? '')) return null;
  if (header === undefined) return versionShown(fingerprint, server);
  const value = server.headers[header[0]];
  const match = value === undefined ? null : header[1].exec(value);
  return match === null ? null : (match[1] ?? versionShown(fingerprint, server));
}

function versionShown({ version = '' }: Fingerprint, { statusPage }: ServerEvidence): string {
  return version === BY_STATUS_PAGE ? (statusPage?.version ?? '') : version;
}

function isExactly(found: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return found.size === wanted.length && wanted.every((name) => found.has(name));
}

/** The profile behind what `Recognised.product` said, in an archive for example; null for an unknown server. */
export function profileOf(product: string | null): ServerProfile | null {
  return PROFILES.find(({ name }) => product === name || product?.startsWith(`${name} `) === true) ?? null;
}

/** A product that is known, by its name and the digits of its version; null for what only calls itself something. */
export function knownProduct(product: string | null): string | null {
  const name = profileOf(product)?.name;
  if (name === undefined || product === null) return null;
  const version = /^ (\d{1,9}(?:\.\d{1,9})*)/.exec(product.slice(name.length))?.[1];
  return version === undefined ? name : `${name} ${version}`;
}

/** What an address alone tells, before anything was asked; null where it tells nothing. */
export function recogniseAddress(url: string): ServerProfile | null {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const tells = ({ fingerprints }: ServerProfile): boolean =>
    fingerprints.some((fingerprint) => Object.keys(fingerprint).length === 1 && fingerprint.path?.test(path) === true);
  return PROFILES.find(tells) ?? null;
}
