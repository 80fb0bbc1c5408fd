import type { ConflictPolicy, PlanRow, PlanSummary, SafetyStop } from '../../../shared/model/plan.ts';
import type { Rejection } from '../../../shared/model/inspection.ts';
import type { IdentityChoice, SchedulingMode } from '../../../shared/model/scheduling.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import type { ETag } from '../caldav/types.ts';
import type { Capability, ToldContext, ToldItem } from '../scheduling/types.ts';

/** What the target holds under one UID. */
export interface TargetObject {
  readonly href: string;
  readonly etag: ETag | null;
  readonly summary: ResourceSummary;
}

export interface PlanInput {
  readonly resources: { readonly size: number; summary(ordinal: number): ResourceSummary };
  readonly rejected: readonly Rejection[];
  /** By UID. */
  readonly target: ReadonlyMap<string, TargetObject>;
  readonly mode: SchedulingMode;
  readonly identity: IdentityChoice;
  readonly onConflict: ConflictPolicy;
  /** Ordinals that `--only` lets through; null: all. */
  readonly only: ReadonlySet<number> | null;
  readonly capability: Capability;
  readonly context: ToldContext;
  readonly ownerAddresses: readonly string[];
  readonly limits: {
    readonly url: string;
    readonly components: readonly string[];
    readonly maxResourceSize: number | null;
    readonly maxAttendees: number | null;
    readonly writable: boolean | null;
    readonly quotaAvailable: number | null;
  };
  newHref(uid: string): string;
}

/** One write, or one reason for none: the row a person sees, and what the executor needs. */
export interface PlanStep {
  readonly row: PlanRow;
  /** Ordinal in the index; null for a rejected component. */
  readonly ordinal: number | null;
  /** ETag of the object that is overwritten; null for a create. */
  readonly etag: ETag | null;
  readonly told: ToldItem | null;
}

/** Immutable. Choosing other rows makes another plan with another hash. */
export interface Plan {
  readonly hash: string;
  readonly steps: readonly PlanStep[];
  readonly summary: PlanSummary;
  readonly stops: readonly SafetyStop[];
}
