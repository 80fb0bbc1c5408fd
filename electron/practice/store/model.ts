import type { Component } from '../ical/reader.ts';

/** A user of the practice server. */
export interface Principal {
  readonly user: string;
  readonly displayName: string;
  /** Calendar user addresses: `mailto:` first, the preferred one leading. */
  readonly addresses: readonly string[];
  /** May read and write everybody's calendars. */
  readonly admin: boolean;
}

/**
 * A `folder` is an ordinary collection (RFC 4918): it holds files and folders, never calendars. `trashbin` is a place of
 * Nextcloud's for what was deleted.
 */
export type CollectionKind = 'calendar' | 'inbox' | 'outbox' | 'folder' | 'trashbin';

/** A calendar object resource (RFC 4791 §4.1), or a file of a folder, as stored. */
export interface StoredObject {
  readonly name: string;
  /** Exactly what was sent, unless scheduling added to it. */
  readonly text: string;
  /** Octets. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly uid: string;
  /** VEVENT, VTODO, …; empty for a file. */
  readonly component: string;
  /** Dead properties: key of the qualified name → the whole element. */
  readonly properties: ReadonlyMap<string, string>;
  /** Without quotes; null unless this is a scheduling object resource (RFC 6638 §3.1). */
  readonly scheduleTag: string | null;
  /** Milliseconds. */
  readonly created: number;
  readonly modified: number;
  /** The collection's revision at which it was last written. */
  readonly revision: number;
}

export interface Collection {
  readonly owner: Principal;
  /** Its name in the home; names of nested folders are joined by `/`. */
  readonly slug: string;
  readonly kind: CollectionKind;
  readonly components: readonly string[];
  /** Properties set by clients: key of the qualified name → the whole element. */
  readonly properties: Map<string, string>;
  readonly objects: Map<string, StoredObject>;
  /** UID → name; empty for inbox and outbox, where UIDs repeat. */
  readonly byUid: Map<string, string>;
  revision: number;
  /** Every change in order; an entry is stale when its name was changed again later. */
  readonly changes: { readonly revision: number; readonly name: string }[];
  readonly created: number;
}

/** A scheduling message that was put into an inbox, or that would have left as mail (iMIP, RFC 6047). */
export interface Message {
  /** ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly from: string;
  readonly to: string;
  readonly uid: string;
  readonly summary: string;
  readonly kind: 'imip' | 'inbox';
}

/** A calendar object resource that may be stored. */
export interface Valid {
  readonly text: string;
  readonly calendar: Component;
  readonly uid: string;
  readonly component: string;
}
