/** A request header by which a server of this kind lets scheduling be switched off. */
export interface Switch {
  readonly header: string;
  readonly value: string;
  readonly anyCase: boolean;
  readonly methods: readonly string[];
}

/** By what a product is told apart from others. */
export interface Product {
  /** Headers of every answer. */
  readonly everywhere: Readonly<Record<string, string>>;
  /** Headers of OPTIONS alone. */
  readonly options: Readonly<Record<string, string>>;
  /** The DAV header of OPTIONS, line by line. */
  readonly dav: readonly string[];
  /** The Allow header of OPTIONS; absent: what this server has. */
  readonly allow?: string;
  /** Pages outside DAV that anybody may GET: path → what is answered as JSON. */
  readonly pages?: Readonly<Record<string, unknown>>;
}

/**
 * A trash bin as Nextcloud has it: a deleted object lies in `trashbin/objects/` of the home and keeps its UID. `refuses`
 * a new object of that UID in the same calendar; `drops` the deleted one for good and stores the new one; `fails`: notifies
 * people, then answers 500 and stores nothing.
 */
type TrashBin = 'refuses' | 'drops' | 'fails';

/** Of RFC 6638 to the letter, or of a product: see scheduling/sabre-brokers.ts. */
export type Broker = 'rfc6638' | 'sabre' | 'nextcloud' | 'nextcloud-apart';

/** How a practice server behaves, as data. */
export interface Personality {
  readonly name: string;
  readonly summary: string;
  /** The product it looks like; null shows its own face. */
  readonly product: Product | null;
  /** `scheduling-controls` stands in the DAV header. */
  readonly advertises: boolean;
  /** The draft's two headers: obeyed, or not looked at. */
  readonly controls: 'draft' | 'ignored';
  /** Other headers that act like `Scheduling: none`. */
  readonly switches: readonly Switch[];
  /** A header that names the acting address without being checked. */
  readonly actingHeader: string | null;
  /** A property of a calendar that acts like `Scheduling: none` for every write in it, while it has one of the values. */
  readonly calendarSwitch: { readonly ns: string; readonly name: string; readonly values: readonly string[] } | null;
  /** RFC 6638 implicit scheduling. */
  readonly schedules: boolean;
  /** By whose rules an organizer's write tells people. */
  readonly broker: Broker;
  /**
   * In place of scheduling: mail to every ATTENDEE of what is to come and of what is deleted, whatever is asked, as the
   * mail hook of Radicale 3.7.8 does.
   */
  readonly mailHook: boolean;
  /** People outside get mail. */
  readonly mails: boolean;
  /** DELETE of a calendar schedules for each object in it (RFC 6638 §3.2.3.2). */
  readonly cancelsWithCalendar: boolean;
  readonly etags: 'strong' | 'weak' | 'none';
  /** Writes properties in another order and folding than they were sent, as many servers do. */
  readonly rewrites: boolean;
  /** Takes objects that hold components of several UIDs, against RFC 4791 §4.1; khal issue 933 met such objects. */
  readonly mixesUids: boolean;
  /** Names of properties that it cannot keep: they are left out of what is stored, without a word. */
  readonly omits: readonly string[];
  /** Says that it stored an event, and keeps another one at its address. */
  readonly swaps: boolean;
  /** Properties of a calendar that it shortens, by local name: the most characters that it keeps. */
  readonly shortens: ReadonlyMap<string, number>;
  /** Octets (RFC 4791 §5.2.5). */
  readonly maxResourceSize: number;
  /** UTC times (RFC 4791 §5.2.6, §5.2.7) that no event begins before or after. */
  readonly minDateTime: string;
  readonly maxDateTime: string;
  /** Most instances of a counted series (RFC 4791 §5.2.8); null: any number. */
  readonly maxInstances: number | null;
  readonly readOnly: boolean;
  /** What the owner of an inbox is granted there: everything, or to read and delete only. */
  readonly inboxRights: 'all' | 'unbind';
  /** Answers every request with a web page. */
  readonly html: boolean;
  readonly uidScope: 'collection' | 'user';
  /** Stores new objects under a name of its own, told in Location. */
  readonly renames: boolean;
  /** Null: what is deleted is gone. */
  readonly trash: TrashBin | null;
  /** The first user shares the default calendar with the second, as on Nextcloud: see dav/shares.ts. */
  readonly shares: boolean;
  /** Failed logins after which it answers 429 to everybody at that address, whatever the password; null: never. */
  readonly lockout: number | null;
}

export const DEFAULT: Personality = {
  name: 'default',
  summary: 'Does everything as the standards and the draft say.',
  product: null,
  advertises: true,
  controls: 'draft',
  switches: [],
  actingHeader: null,
  calendarSwitch: null,
  schedules: true,
  broker: 'rfc6638',
  mailHook: false,
  mails: true,
  cancelsWithCalendar: true,
  etags: 'strong',
  rewrites: false,
  mixesUids: false,
  omits: [],
  swaps: false,
  shortens: new Map(),
  maxResourceSize: 10 * 1024 * 1024,
  // Every year that iCalendar can write but 0.
  minDateTime: '00010101T000000Z',
  maxDateTime: '99991231T235959Z',
  maxInstances: null,
  readOnly: false,
  inboxRights: 'all',
  html: false,
  uidScope: 'collection',
  renames: false,
  trash: null,
  shares: false,
  lockout: null,
};

/** Knows nothing of the draft. */
export const IGNORES = { advertises: false, controls: 'ignored' } as const;
