import type { RestoreSpec, RunSpec } from '../../../../shared/model/job.ts';
import type { ResolutionChoice } from '../../../../shared/model/plan.ts';
import type { Connection } from '../../caldav/types.ts';
import type { Plan, PlanStep, TargetObject } from '../../plan/types.ts';
import type { EnginePorts } from '../../types.ts';
import type { OpenTarget } from '../target/target.ts';

/** Where the octets of a plan come from. */
export interface Bodies {
  /** What will be sent for a step; for one that sends nothing, what the source has. Null where there is no text. */
  text(step: PlanStep): Promise<Buffer | null>;
  /** The raw text of a step that has none of its own: a rejected component. */
  raw(step: PlanStep): Promise<string>;
  close(): Promise<void>;
}

/** All that a plan waiting for consent holds on to. */
export interface Material {
  readonly ports: EnginePorts;
  /** Of a restore, its retry and a migration the whole; of other jobs what every run has. */
  readonly spec: RunSpec | RestoreSpec;
  readonly connection: Connection;
  readonly target: OpenTarget;
  readonly bodies: Bodies;
  readonly plan: Plan;
  /** What the calendar holds, by UID; absent where only what the steps name was read. */
  readonly there?: ReadonlyMap<string, TargetObject>;
  /** Settles one row as a person decides; null when it cannot be settled so. */
  readonly resolve: (step: PlanStep, choice: ResolutionChoice) => PlanStep | null;
  /** The run that is undone or tried again. */
  readonly parent: string | null;
  /** Milliseconds since 1970 at which the calendar was listed. */
  readonly listedAt: number;
}
