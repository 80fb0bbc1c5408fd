import type { SecureContext } from 'node:tls';
import type { CalendarInfo } from '../../../shared/model/server.ts';
import type { Semaphore } from './semaphore.ts';

/** An entity tag, opaque, quotes and `W/` included as the server sent them. */
export type ETag = string & { readonly __brand: 'ETag' };

/** A proxy to an origin, or none. */
export type ProxyChoice =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'proxy';
      /** Scheme, host and port. */
      readonly url: string;
      readonly user: string | null;
      readonly password: (() => Promise<string | null>) | null;
    }
  /** SOCKS and the like. */
  | { readonly kind: 'unsupported'; readonly what: string };

/** Certificates of which a server must show one, whoever vouches for another. */
export interface TrustedCertificates {
  /** None: the authorities decide. */
  readonly fingerprints: readonly string[];
  /** They were trusted for this server; otherwise for every one. */
  readonly byName: boolean;
}

/** How servers are reached: see `networkSpec`. */
export interface Network {
  /** Whom to believe, and who one is. Throws HushError for a file that cannot be used. */
  tls(): Promise<SecureContext>;
  trusted(host: string): TrustedCertificates;
  /** How to reach an origin: at least one choice, to be tried in their order. Throws HushError for a proxy that is none. */
  proxies(origin: string): Promise<readonly ProxyChoice[]>;
}

export interface Connection {
  /** What the person typed: a host, a base URL, a principal, a home or a calendar. */
  readonly url: string;
  readonly user: string;
  /**
   * Read when needed, so that no object of ours holds it. `again`: the last one was refused, so a token that can be
   * renewed is renewed first.
   */
  readonly password: (again?: boolean) => Promise<string>;
  /** `token`: sent as Bearer (RFC 6750). Otherwise Basic, or Digest (RFC 7616) where the server offers only that. */
  readonly credential?: 'password' | 'token';
  /** Sent as `Authorize-As` on every request to the origin: an administrator acting for this user (Cyrus). */
  readonly authorizeAs?: string;
  /** How the server is reached; directly when left out. */
  readonly network?: Network;
  /** What was answered beside its calendars before, kept with the server; nothing is kept when left out. */
  readonly probes?: ProbeMemory;
  /** Connections at the same time to the origin. */
  readonly concurrency: number;
  /** Shared with other connections to the same origin: how many requests may be under way at all. */
  readonly gate?: Semaphore;
}

/** What a server answered beside its calendars. */
export interface ProbeAnswers {
  /** What it was by its cheap answers then; the rest counts only while it is the same. */
  readonly face: string;
  /** ISO 8601. */
  readonly at: string;
  readonly statusPage: StatusPage | null;
  /** In which realm it asks for a login. */
  readonly realm: string | null;
}

/** Keeps such answers by place: an origin, and the folder in which the product lies. */
export interface ProbeMemory {
  recall(place: string): ProbeAnswers | null;
  keep(place: string, answers: ProbeAnswers): void;
}

/** What OPTIONS and the answer headers of a collection say about the server behind it. */
export interface ServerEvidence {
  /** Tokens of all `DAV` header lines, lower case, unfolded. */
  readonly davTokens: ReadonlySet<string>;
  readonly allow: ReadonlySet<string>;
  /** Answer headers that name products, lower-case names (`server`, `x-powered-by`, `x-davical-version`, …). */
  readonly headers: Readonly<Record<string, string>>;
  /** Path that was asked; some products are known by it. */
  readonly path?: string;
  /** Privileges that no standard has, as `{namespace}name`. */
  readonly privileges?: ReadonlySet<string>;
  /** Null or absent: the server has none. */
  readonly statusPage?: StatusPage | null;
  /** In which realm it asks for a login; null or absent: that is not known. */
  readonly realm?: string | null;
  readonly checkedAt: string;
}

/** What `status.php` says, the page by which Nextcloud and ownCloud tell what they are. */
export interface StatusPage {
  readonly product: string;
  /** Null where the administrator hides it. */
  readonly version: string | null;
}

export interface Account {
  readonly principal: string;
  /** The first of the homes. */
  readonly home: string;
  readonly homes: readonly string[];
  /** Homes and calendars that the server names and that could not be seen. */
  readonly unseen: readonly Unseen[];
  readonly addresses: readonly string[];
  readonly calendars: readonly CalendarInfo[];
  readonly evidence: ServerEvidence;
  readonly inbox: string | null;
  /** The calendar that invitations go to (RFC 6638 §9.2), where the principal says it. */
  readonly defaultCalendar?: string | null;
}

/** What a target collection says about itself. */
export interface CollectionProperties {
  readonly info: CalendarInfo;
  /** Addresses of the calendar's owner (RFC 6638 §2.4.1), which need not be those of the one logged in. */
  readonly ownerAddresses: readonly string[];
  /** Addresses of the one who logs in, where the calendar is somebody else's and servers of that kind count them, too. */
  readonly shareeAddresses?: readonly string[];
  readonly evidence: ServerEvidence;
  readonly maxAttendees: number | null;
  /** Milliseconds since 1970 (RFC 4791 §5.2.6, §5.2.7). */
  readonly minDateMs: number | null;
  readonly maxDateMs: number | null;
  /** RFC 4791 §5.2.8. */
  readonly maxInstances: number | null;
  readonly quotaAvailable: number | null;
  /** Whether objects may be deleted (RFC 3744 §3.10); null or absent where the server does not say. */
  readonly removable?: boolean | null;
  /** It is reached as a share, at an address in the home of the one who logs in. */
  readonly shared?: boolean;
  /** The server takes the one who logs in for its owner. */
  readonly isOwner?: boolean;
}

export interface ListedObject {
  /** Absolute path by which it is asked for: the collection's own, with the object's name as the server spells it. */
  readonly href: string;
  /** Null: the server gives none that could guard a write. */
  readonly etag: ETag | null;
}

/** Something that is there, or may be, and could not be seen, or not as it must be. */
export interface Unseen {
  /** As the server writes it; of what is in a list, too, the address by which it is asked for. */
  readonly href: string;
  /** A sentence for a person. */
  readonly reason: string;
}

/** What a list says, accounted for: each response is the collection itself, an object in it, or named here. */
export interface CollectionList {
  readonly objects: readonly ListedObject[];
  /**
   * A status of its own, an href that lies elsewhere, a name in two spellings, a collection in it; and objects that are
   * in `objects`, too: without an ETag among others that have one, or there twice with two ETags.
   */
  readonly unseen: readonly Unseen[];
}

export interface FetchedObject extends ListedObject {
  /** Null: the server has none there (404, 410), or it cannot be read. */
  readonly text: string | null;
  /** Why it cannot be read, though it may be there. */
  readonly unreadable?: string;
}

/** One object, byte-exact. */
export interface GotObject {
  /** The address that worked, which may be another spelling of the one asked for. */
  readonly href: string;
  readonly bytes: Buffer;
  readonly etag: ETag | null;
}

/** An object of which the UIDs are known and no more: a well-formed one has one of them (RFC 4791 §4.1). */
export interface ListedUid extends ListedObject {
  readonly uids: readonly string[];
}

/** What was deleted from the calendar and is kept by the server. */
export interface TrashedObject extends ListedUid {
  /** Milliseconds since 1970; null where the server does not say. */
  readonly deletedAt: number | null;
}

/** Where a server keeps what was deleted, as Nextcloud does; there where OPTIONS says `nc-calendar-trashbin`. */
export interface TrashBin {
  /** What was deleted from this calendar. Throws HushError where it cannot be listed. */
  list(signal?: AbortSignal): Promise<readonly TrashedObject[]>;
  /** One deleted object by GET, byte-exact; null when it is gone. Throws HushError outside the trash bin. */
  get(href: string, signal?: AbortSignal): Promise<GotObject | null>;
  /** Takes one out for good. A server may tell people about it, unless the headers keep it quiet. */
  remove(href: string, headers: Readonly<Record<string, string>>): Promise<WriteResult>;
  /** Takes one back out, into the calendar that it was deleted from, under the name that it had there; `name` names it only here. */
  restore(href: string, name: string, headers: Readonly<Record<string, string>>): Promise<WriteResult>;
}

export type Precondition = { readonly kind: 'absent' } | { readonly kind: 'etag'; readonly etag: ETag };

/** What came of one write. Every status is a value; only a broken connection and a stop are not (see `lost`). */
export type WriteResult =
  | { readonly kind: 'done'; readonly status: number; readonly etag: ETag | null; readonly scheduleTag: string | null }
  /** The server said no, for good: classified by its XML error element first, its status second. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      /** Local name of the precondition element, e.g. `no-uid-conflict`; null when there is none. */
      readonly element: string | null;
      /** The href that a UID conflict names. */
      readonly conflictHref: string | null;
      readonly reaction: 'skip-item' | 'stop-job' | 'fix-input';
      /** A sentence for a person, with the server's own words. */
      readonly message: string;
    }
  /** 429, 503 and the like: nothing was done, try again. */
  | { readonly kind: 'later'; readonly status: number; readonly seconds: number | null; readonly message: string }
  /** The request left and no answer came: what happened must be read. */
  | { readonly kind: 'lost'; readonly message: string };

/**
 * One calendar collection over CalDAV. Writes take their precondition as an argument, so that none can be forgotten;
 * every URL is checked to lie inside the collection before it is requested.
 */
export interface CalendarStore {
  readonly url: string;
  /** The proxy of the last connection, without its login; null where there was none. */
  readonly proxy: string | null;
  properties(signal?: AbortSignal): Promise<CollectionProperties>;
  /**
   * All objects of the collection, no order promised. Where something in the list cannot be seen, it is read once more
   * before that counts. Throws HushError for a list that is cut short, or in which nothing can be placed.
   */
  list(signal?: AbortSignal): Promise<CollectionList>;
  /** The same as a report sees it: calendar-query (RFC 4791 §7.8) or a first sync-collection (RFC 6578 §3.3); null where
   * the server has no such report. */
  listByReport(report: 'calendar-query' | 'sync-collection', signal?: AbortSignal): Promise<CollectionList | null>;
  /**
   * The UIDs of all objects, with nothing else of them: by one calendar-query (RFC 4791 §9.6) where the server can, else
   * from names and texts in batches. Objects without a UID are left out. Throws HushError at its end where an object
   * could not be seen.
   */
  uids(signal?: AbortSignal): AsyncIterable<readonly ListedUid[]>;
  /**
   * The same by one calendar-query alone; null where the server's answer is of no use. What it cannot see of an object is
   * named.
   */
  queryUids(
    signal?: AbortSignal,
  ): Promise<{ readonly objects: readonly ListedUid[]; readonly unseen: readonly Unseen[] } | null>;
  readonly trash: TrashBin;
  /**
   * Texts of many objects, by calendar-multiget in batches, under the hrefs that were asked for.
   *
   * @param listed ETags of a list that was read before: they stand where a text comes without, what is in it is asked for
   * by GET before it counts as not there, and an object is named by the href that worked
   */
  fetch(
    hrefs: readonly string[],
    signal?: AbortSignal,
    listed?: ReadonlyMap<string, ETag | null>,
  ): AsyncIterable<readonly FetchedObject[]>;
  /**
   * One object by GET, byte-exact; null when the server says that there is none (404, 410).
   *
   * @param listed ETag of a list that was read before, for where the answer has none; when left out it is asked for
   */
  get(href: string, signal?: AbortSignal, listed?: ETag | null): Promise<GotObject | null>;
  put(href: string, body: Buffer, when: Precondition, headers: Readonly<Record<string, string>>): Promise<WriteResult>;
  remove(href: string, etag: ETag, headers: Readonly<Record<string, string>>): Promise<WriteResult>;
  /** An href inside the collection for a new object of this UID: never made from the raw UID. */
  newHref(uid: string): string;
  close(): Promise<void>;
}
