import type { Honoured, IdentityHeader, WorkaroundFacts } from './honoured.ts';
import type { Delivers } from './types.ts';
import type { VersionRange } from './versions.ts';

/**
 * How a product is told by what it answers. Every condition given must hold. Header names in lower case; a header's
 * pattern may have one group, which is the version.
 */
export interface Fingerprint {
  readonly header?: readonly [name: string, pattern: RegExp];
  /** A DAV token of this shape is there. */
  readonly token?: RegExp;
  /** No DAV token of this shape is there. */
  readonly noToken?: RegExp;
  readonly path?: RegExp;
  /** The DAV tokens are exactly these. */
  readonly tokens?: readonly string[];
  /** The methods in `Allow` are exactly these. */
  readonly allow?: readonly string[];
}

export interface ServerProfile {
  readonly name: string;
  readonly fingerprints: readonly Fingerprint[];
  /**
   * `always`: schedules, or may; `never`: sends and changes nothing for anybody; `unless-mail-hook`: the same unless the
   * admin switched on a mail hook, which cannot be seen from outside.
   */
  readonly schedules: 'always' | 'never' | 'unless-mail-hook';
  /** Versions for which `schedules` holds when it is not `always`; a version that is not told counts as one of them. */
  readonly versions?: readonly string[];
  readonly honours: readonly Honoured[];
  /** How it is told as whom to act. */
  readonly identity?: IdentityHeader;
  readonly ways?: readonly WorkaroundFacts[];
  /** It never writes SCHEDULE-STATUS, so nothing can be proved by reading. */
  readonly marksNothing?: boolean;
  /** Whom it tells beyond RFC 6638; absent for one that nobody has looked at. */
  readonly delivers?: Delivers;
  /** It stores what lies beyond the dates that it announces; absent where that is not known. */
  readonly storesAnyDate?: { readonly evidence: string };
  /** It takes a UID once per user; absent: once per calendar, as RFC 4791 §4.1 asks. */
  readonly uidOncePerUser?: { readonly evidence: string };
  /** What it does with a UID that lies in its trash bin; versions in neither list are not known. */
  readonly trash?: {
    readonly refuses: readonly VersionRange[];
    readonly drops: readonly VersionRange[];
    readonly evidence: string;
  };
  /** What the admin can do at this server instead, one sentence each. */
  readonly instead: readonly string[];
}
