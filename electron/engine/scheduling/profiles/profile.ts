import type { SchedulingMode, Workaround, WriteMethod } from '../../../../shared/model/scheduling.ts';
import type { Delivers } from '../types.ts';
import type { VersionRange } from '../versions.ts';

/**
 * How something is known: by a run of ours on the real server, by the text of its source, or by what others report. A
 * report unlocks nothing.
 */
export type Proof =
  | { readonly kind: 'run'; readonly product: string; readonly version: string; readonly date: string }
  | { readonly kind: 'source'; readonly repository: string; readonly commit: string; readonly file: string }
  | { readonly kind: 'report'; readonly where: string };

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
  /** All of these DAV tokens are there. */
  readonly allTokens?: readonly string[];
  /** The methods in `Allow` are exactly these. */
  readonly allow?: readonly string[];
  /** A privilege of the product's own is granted, as `{namespace}name`. */
  readonly privilege?: RegExp;
  /** The realm in which it asks for a login: a text that its administrator may set, so it names the product and unlocks nothing. */
  readonly realm?: RegExp;
  /** What `status.php` calls the product. */
  readonly statusPage?: RegExp;
  /** The version that these conditions show by themselves; `status.php`: the one that it tells. */
  readonly version?: string;
}

/** Where the version comes from that `status.php` tells. */
export const BY_STATUS_PAGE = 'status.php';

/** What makes some releases of a product keep a mode on some methods. Filled from evidence only. */
export interface Honoured {
  readonly modes: readonly SchedulingMode[];
  readonly methods: readonly WriteMethod[];
  /** `recognised`: all that the fingerprint fits. Empty where nobody knows which releases do it; that unlocks nothing. */
  readonly versions: readonly VersionRange[] | 'recognised';
  /** The header of the bundle that does it; null where nothing needs to be sent. */
  readonly by: string | null;
  readonly proofs: readonly Proof[];
  /** For a person, one sentence. */
  readonly evidence: string;
  /** What else happens, for a person. */
  readonly sideEffect?: string;
}

/** A request header that names the acting address. */
interface IdentityHeader {
  readonly header: string;
  readonly versions: readonly VersionRange[];
  readonly proofs: readonly Proof[];
}

/** A named workaround, where the product takes it. */
export interface WorkaroundFacts {
  readonly workaround: Workaround;
  readonly versions: readonly VersionRange[] | 'any';
  readonly proofs: readonly Proof[];
}

/** How many calendars a server makes for one user at all, and how many in an hour. */
interface CalendarLimits {
  readonly perHour: number;
  readonly inAll: number;
  readonly proofs: readonly Proof[];
}

/** All that is known of one product. */
export interface ServerProfile {
  readonly name: string;
  readonly fingerprints: readonly Fingerprint[];
  /** Where its answers are written down, for a product of which no recorded answer of a run is here. */
  readonly recognisedBy?: readonly Proof[];
  /**
   * `always`: schedules, or may; `never`: sends and changes nothing for anybody; `unless-mail-hook`: the same unless the
   * admin switched on a mail hook, which cannot be seen from outside.
   */
  readonly schedules: 'always' | 'never' | 'unless-mail-hook';
  readonly honours: readonly Honoured[];
  /** Who looked for what it honours, where that was nothing. */
  readonly looked?: readonly Proof[];
  /** How it is told as whom to act. */
  readonly identity?: IdentityHeader;
  readonly workarounds?: readonly WorkaroundFacts[];
  /** It never writes SCHEDULE-STATUS, so nothing can be proved by reading. */
  readonly marksNothing?: boolean;
  /** Whom it tells beyond RFC 6638; absent for one that nobody has looked at. */
  readonly delivers?: Delivers;
  /** What it did before that, in releases that tell their version. */
  readonly delivered?: { readonly versions: readonly VersionRange[]; readonly delivers: Delivers };
  /** It stores what lies beyond the dates that it announces; absent where that is not known. */
  readonly storesAnyDate?: { readonly proofs: readonly Proof[] };
  /** It takes a UID once per user; absent: once per calendar, as RFC 4791 §4.1 asks. */
  readonly uidOncePerUser?: { readonly proofs: readonly Proof[] };
  /**
   * What it does with a UID that lies in its trash bin; versions in no list are not known. `purges`: it fails on it, and
   * deleting there is silent by the header that keeps deletes quiet.
   */
  readonly trash?: {
    readonly refuses: readonly VersionRange[];
    readonly drops: readonly VersionRange[];
    readonly purges?: readonly VersionRange[];
    /** Where a MOVE out of it, into the calendar, is known to notify nobody. */
    readonly restores?: { readonly versions: readonly VersionRange[]; readonly proofs: readonly Proof[] };
    readonly proofs: readonly Proof[];
  };
  /** Absent: it is not known to limit them. */
  readonly calendarLimits?: CalendarLimits;
  /** What it keeps from CalDAV clients, so that a backup lacks it: one sentence for a person. */
  readonly hides?: string;
  /** What a person must know who writes through the shared address of somebody else's calendar. */
  readonly shareNote?: string;
  /** It closes every connection after its answer without saying so: the next request on it would be lost. */
  readonly closesSilently?: { readonly proofs: readonly Proof[] };
  /** What the admin can do at this server instead, one sentence each. */
  readonly instead: readonly string[];
}

export const HOLD_MAIL = 'Stop outgoing mail at the mail server while the run lasts, and use "Notify everyone".';

/** A run of ours on a real server. */
export function ran(product: string, version: string, date = '2026-11'): Proof {
  return { kind: 'run', product, version, date };
}

/** A file of a product's source, at a commit or tag. */
export function read(repository: string, commit: string, file: string): Proof {
  return { kind: 'source', repository, commit, file };
}
