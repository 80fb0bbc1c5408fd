import type {
  ConflictPolicy,
  Finding,
  NewCalendar,
  PlanRow,
  PlanSummary,
  Resolution,
  SafetyStop,
} from '../../../shared/model/plan.ts';
import type { JobKind } from '../../../shared/model/job.ts';
import type { Rejection } from '../../../shared/model/found/inspection.ts';
import type { IdentityChoice, SchedulingMode, Workaround } from '../../../shared/model/scheduling.ts';
import type { ResourceGlance, ResourceSummary } from '../icalendar/types.ts';
import type { Timed } from '../icalendar/recurrence/occurrences.ts';
import type { ETag, Unseen } from '../caldav/types.ts';
import type { Against } from './settle.ts';
import type { Capability, NotifiedContext, NotifiedItem } from '../scheduling/types.ts';

/** What the target holds under one UID. */
export interface TargetObject {
  readonly href: string;
  readonly etag: ETag | null;
  readonly summary: ResourceSummary;
  /** The same object holds something else, too: another UID, or another type of component. */
  readonly shared?: true;
}

/** What comes of the backup's and the calendar's entry together, where one of them is only a part; or why nothing does. */
export type Merge =
  | {
      readonly fits: true;
      readonly summary: ResourceSummary;
      readonly finding: Finding;
      /** Positive where the backup's part is newer than what it takes the place of, negative where it is older. */
      readonly age: number;
    }
  | { readonly fits: false; readonly reason: string };

/** What is restored, as far as a plan must know it. */
export interface PlanResources {
  readonly size: number;
  /** All but the meaning; that is asked for only where there is something to compare with. */
  glance(ordinal: number): ResourceGlance;
  summary(ordinal: number): ResourceSummary;
  /** Stands for the text that will be sent, octet for octet. */
  fingerprint(ordinal: number): string;
}

/** An object of the same UID in another calendar of the user. */
export interface Elsewhere {
  readonly href: string;
  /** Name of that calendar. */
  readonly calendar: string;
}

/** A deleted object of the same UID in the trash bin. */
export interface Trashed {
  readonly href: string;
  /** Milliseconds since 1970; null where the server does not say. */
  readonly deletedAt: number | null;
  /** Of its text; absent where that was not read. */
  readonly meaning?: string;
}

/**
 * What a server does with a UID that lies in its trash bin: it takes the new object and may drop the deleted one for good,
 * refuses the new one, or fails on it, so that the deleted one has to be taken out for good first (`purges`).
 */
export type TrashRule = 'drops' | 'refuses' | 'purges' | 'unknown';

/** Something in the calendar that could not be read. */
export interface UnseenObject extends Unseen {
  /** Its UIDs, where the server tells them all the same; empty: it may be any event. */
  readonly uids: readonly string[];
}

/** What stands in the way of UIDs that the calendar itself does not hold; absent where nobody had to look. */
export interface Obstacles {
  /** By UID; only where the server takes a UID once per user. */
  readonly elsewhere?: ReadonlyMap<string, Elsewhere> | undefined;
  /** What was deleted from this calendar, by UID. */
  readonly trash?:
    | {
        readonly objects: ReadonlyMap<string, Trashed>;
        readonly rule: TrashRule;
        /** The server is known to give a deleted one back without a message. */
        readonly restores?: boolean;
      }
    | undefined;
  /** What is in the calendar itself and cannot be read: an event that seems to be new may be one of these. */
  readonly unseen?: readonly UnseenObject[] | undefined;
}

export interface PlanInput extends Obstacles {
  readonly resources: PlanResources;
  readonly rejected: readonly Rejection[];
  /** By UID. */
  readonly target: ReadonlyMap<string, TargetObject>;
  readonly mode: SchedulingMode;
  readonly identity: IdentityChoice;
  readonly onConflict: ConflictPolicy;
  /** Ordinals that `--only` lets through; null: all. */
  readonly only: ReadonlySet<number> | null;
  readonly capability: Capability;
  readonly context: NotifiedContext;
  readonly ownerAddresses: readonly string[];
  readonly limits: {
    readonly url: string;
    readonly components: readonly string[];
    readonly maxResourceSize: number | null;
    readonly maxAttendees: number | null;
    /** Milliseconds since 1970. */
    readonly minDateMs: number | null;
    readonly maxDateMs: number | null;
    readonly maxInstances: number | null;
    readonly writable: boolean | null;
    readonly quotaAvailable: number | null;
  };
  /** The calendar does not exist and will be made. */
  readonly makes?: NewCalendar | undefined;
  /** The named way to be quiet that a person chose. */
  readonly workaround?: Workaround | undefined;
  /** Who logs in, how and for whom. */
  readonly who?: readonly string[];
  /** More sentences for a person. */
  readonly notes?: readonly string[];
  /** Absent where nothing can be merged. */
  merge?(ordinal: number, there: TargetObject): Merge;
  newHref(uid: string): string;
  /** The UID of a copy; the same for the same UID, so that a second run finds the copy of the first. */
  copyUid(uid: string): string;
}

/** When the event of a step takes place. */
export interface StepTimes {
  /** As it is written, or would be. */
  readonly own?: Timed;
  /** As it is in the calendar. */
  readonly before?: Timed | undefined;
}

/** One write, or one reason for none: the row a person sees, and what the executor needs. */
export interface PlanStep {
  readonly row: PlanRow;
  /** Ordinal in the index; null when the step has no text of its own. */
  readonly ordinal: number | null;
  /** ETag of the object that is overwritten or deleted; null for a create. */
  readonly etag: ETag | null;
  readonly notified: NotifiedItem | null;
  /** Stands for the text that is sent, or for a delete the text that is expected there: see meaning.ts. */
  readonly digest: string;
  /** Octets that are sent. */
  readonly bytes: number;
  /** The text is stored under `row.uid`, which is not the one it carries. */
  readonly asCopy: boolean;
  /** What is sent is the calendar's own object with the backup's instance in it. */
  readonly merged?: true;
  /** The rewrite that would store it. */
  readonly wants?: 'brokenLines' | 'cancellations';
  /** Absent where nothing is known of it. */
  readonly times?: StepTimes;
  /** How a person may settle it; absent where there is nothing to settle. */
  readonly choices?: readonly Resolution[];
  /** Href of the calendar's own object that a copy stands beside. */
  readonly beside?: string;
  /** What stands against it where that is not in the calendar itself. */
  readonly against?: Against;
  /** Href in the trash bin of a deleted object of the same UID. */
  readonly deleted?: string;
  /** Meaning of that one, where it was read. */
  readonly deletedMeaning?: string;
  /** It stands for something in the calendar that could not be read. */
  readonly unseen?: true;
  /** That one is taken out of the trash bin for good, silently, before the new one is sent: a row of its own. */
  readonly purges?: boolean;
  /** Of a row about the trash bin: id of the row that it goes along with. */
  readonly pair?: number;
  /** What is deleted stays out of the trash bin. */
  readonly forGood?: true;
}

/** What a plan is for; the part of it that the hash names first. */
export interface PlanHeader {
  readonly job: JobKind;
  /** The calendar. */
  readonly url: string;
  readonly asked: SchedulingMode;
  readonly effective: SchedulingMode | null;
  readonly makes: NewCalendar | null;
  readonly workaround: Workaround | null;
  /** Who logs in, how and for whom; empty where nobody does. */
  readonly who: readonly string[];
}

/** What stays the same when other rows are chosen. */
export interface PlanBasis {
  readonly job: JobKind;
  readonly url: string;
  readonly mode: SchedulingMode;
  readonly capability: Capability;
  /** Stops that do not depend on the choice of rows. */
  readonly stops: readonly SafetyStop[];
  readonly quotaAvailable: number | null;
  /** Objects that the calendar holds. */
  readonly targetSize: number;
  /** Of a clean-up: share of the calendar, 0 to 1, that may be deleted without a word. */
  readonly maxShare?: number;
  /** Of an undo: whom the run has told that it takes back. */
  readonly undoes?: PlanSummary['undoes'];
  /** The calendar does not exist and will be made. */
  readonly makes?: NewCalendar;
  readonly workaround?: Workaround | undefined;
  readonly who?: readonly string[];
  /** More sentences for a person. */
  readonly notes?: readonly string[];
}

/** Immutable. Choosing other rows makes another plan with another hash. */
export interface Plan {
  readonly hash: string;
  readonly basis: PlanBasis;
  readonly steps: readonly PlanStep[];
  readonly summary: PlanSummary;
  readonly stops: readonly SafetyStop[];
}
