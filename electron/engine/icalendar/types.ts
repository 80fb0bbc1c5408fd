import type { Finding } from '../../../shared/model/plan.ts';
import type { Rejection } from '../../../shared/model/found/inspection.ts';
import type { ContentLine } from './lines.ts';

/** ORGANIZER or ATTENDEE as far as scheduling needs it (RFC 5545 §3.2, RFC 6638 §7). */
export interface CalendarUser {
  /** Calendar user address as written, e.g. `mailto:bob@example.com`. */
  readonly address: string;
  readonly name: string | null;
  /** Upper case; null when absent. */
  readonly partstat: string | null;
  readonly scheduleAgent: string | null;
  readonly cutype: string | null;
}

/** A date or date-time as written, with what is needed to compare it. */
export interface When {
  /** `2026-11-23` or `2026-11-23T09:30:00`, with `Z` when in UTC. */
  readonly text: string;
  readonly tzid: string | null;
  /** Milliseconds since 1970; floating and unknown zones count as UTC. */
  readonly ms: number;
}

/** One component of a series, as far as its instances need it. Times in milliseconds. */
export interface SeriesPart {
  readonly title: string;
  readonly start: When;
  /** How long one instance lasts. */
  readonly lengthMs: number;
  readonly rrules: readonly string[];
  readonly rdates: readonly number[];
  readonly excluded: readonly number[];
  /** Of a changed instance, the one whose place it takes; null: the series itself. */
  readonly recurrenceId: number | null;
  /** STATUS:CANCELLED. */
  readonly cancelled: boolean;
  /** Nobody is on its list, as it is in another part. */
  readonly guestless?: true;
}

/** A resource that takes place more than once, or is a changed instance of one that does. */
export interface Series {
  readonly parts: readonly SeriesPart[];
  /** VTIMEZONE by TZID, of zones that nobody knows by name. */
  readonly zones?: Readonly<Record<string, string>>;
}

/** What single instances of a series say otherwise than the series as a whole. */
export interface Instances {
  /** Answers of guests that are not those they gave to the series; `id` is the RECURRENCE-ID in milliseconds. */
  readonly answers: readonly { readonly id: number; readonly address: string; readonly partstat: string | null }[];
  /** Instances taken out (EXDATE), in milliseconds. */
  readonly excluded: readonly number[];
  /** Guests whom the server may tell of an instance and surely not of the series, by SCHEDULE-AGENT; absent where there are none. */
  readonly guests?: readonly { readonly id: number; readonly address: string }[];
}

/**
 * A message with METHOD:CANCEL beside an event that it does not replace: it takes the event back for those whom it names
 * (RFC 5546 §3.2.5).
 */
export interface Cancellation {
  /** Addresses as written; empty: everybody. */
  readonly attendees: readonly string[];
  /** Nothing of the event is left by it; else single instances are taken back. */
  readonly whole: boolean;
  /** The message is itself a component of the resource: there is nothing else of the event, or of its instance. */
  readonly alone: boolean;
  /** The text says it: a person consented. */
  readonly settled: boolean;
}

/** The same with what it does to the text. */
export interface CancellationParts extends Cancellation {
  /** Positions among the components of those that it cancels. */
  readonly cancels: readonly number[];
  readonly sequence: number;
  /** An instance for which no component stands: its lines, and the zones that they use; null where there is none. */
  readonly adds: { readonly lines: readonly ContentLine[]; readonly zones: ReadonlyMap<string, string> } | null;
  /** 1-based line of its BEGIN. */
  readonly line: number;
}

/**
 * One calendar object resource (RFC 4791 §4.1): all components of one UID and one component type, read from text by our
 * own line index. Plain data; the text itself stays where it is.
 */
export interface ResourceSummary {
  readonly uid: string;
  /** `VEVENT`, `VTODO`, `VJOURNAL`, `VFREEBUSY`, `VAVAILABILITY`, `VPOLL` or an unknown name. */
  readonly kind: string;
  readonly file: string;
  /** 1-based line of the first component's BEGIN. */
  readonly line: number;
  readonly components: number;
  /** There is a component without RECURRENCE-ID. */
  readonly hasMaster: boolean;
  readonly title: string;
  readonly location: string;
  readonly start: When | null;
  /** End of the last instance; null when it has none or it cannot be told. */
  readonly endsMs: number | null;
  /** Of what has guests: a component says no DTEND, but a duration or nothing. */
  readonly withoutEnd?: true | undefined;
  readonly recurring: boolean;
  /** Absent where it takes place once. */
  readonly series?: Series | undefined;
  readonly organizer: CalendarUser | null;
  /** Over all components, once per address. */
  readonly attendees: readonly CalendarUser[];
  /** Absent where no instance differs, and where there is no organizer. */
  readonly instances?: Instances | undefined;
  /** Instances that the COUNT of its rules makes, those taken out not among them; absent where there is no COUNT. */
  readonly counted?: number | undefined;
  /** Alarms that send mail (RFC 5545 §3.8.6.1): when the last of them goes off, null when there is always another. */
  readonly mailAlarms?: { readonly lastMs: number | null } | undefined;
  /** Every component is `STATUS:CANCELLED`: the people in it have been told that it does not take place. */
  readonly cancelled: boolean;
  /** Absent where there are none; their components are among `components`. */
  readonly cancellations?: readonly Cancellation[] | undefined;
  readonly sequence: number;
  /** Newest over the components, as milliseconds; null when absent. */
  readonly dtstamp: number | null;
  readonly lastModified: number | null;
  readonly created: number | null;
  /** Equal for texts that are equal in meaning: see meaning.ts. In a plan, of what is new, its fingerprint only. */
  readonly meaning: string;
  /** Octets of the text that will be sent. */
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

/** What the text of a resource is made of, repairs applied; binary strings (see lines.ts). */
export interface ResourceParts {
  /** BEGIN:VCALENDAR and what follows it. */
  readonly head: string;
  /** Definitions by TZID; empty for those that need none or that nobody knows. */
  readonly zones: ReadonlyMap<string, string>;
  /** The one without RECURRENCE-ID first. */
  readonly components: readonly (readonly ContentLine[])[];
  readonly cancellations: readonly CancellationParts[];
  readonly findings: readonly Finding[];
  readonly file: string;
  readonly line: number;
  /** 1-based line of the BEGIN of each component. */
  readonly lines: readonly number[];
}

/** All that is known of a resource without working out what it means. */
export type ResourceGlance = Omit<ResourceSummary, 'meaning'>;

/**
 * Everything that was read, as a columnar index: an array of small objects per event would not fit for 1 GB of input.
 * Ordinals run from 0 to `size - 1` in order of first appearance.
 */
export interface CalendarIndex {
  readonly size: number;
  /** Octets read, files read, components seen. `components` = those in resources + duplicates + rejected. */
  readonly bytes: number;
  readonly files: number;
  readonly components: number;
  readonly duplicates: number;
  readonly rejected: readonly Rejection[];
  summary(ordinal: number): ResourceSummary;
  /** The same without its meaning, in two thirds of the time. */
  glance(ordinal: number): ResourceGlance;
  /** Stands for the text to be sent, octet for octet (see meaning.ts); quick after `glance`. */
  fingerprint(ordinal: number): string;
  /** For those who change the text on its way to the server (see rewrites/). */
  parts(ordinal: number): ResourceParts;
  /** The first resource of this UID, as it stands in the source and in ASCII; -1 when none is found. */
  ordinalOf(uid: string): number;
  /** UIDs of which there is no component without RECURRENCE-ID: changed instances whose series is not here. */
  loneUids(): ReadonlySet<string>;
  /** The exact text to be sent: UTF-8, CRLF, repairs applied. Throws HushError when the file changed since. */
  text(ordinal: number): Promise<Buffer>;
  /** The raw text of a rejected component, shortened, for a person to copy. */
  rejectedText(index: number): Promise<string>;
  /** Deletes spooled files. */
  close(): Promise<void>;
}
