import type { JobAudit } from '../types.ts';
import type { Journal } from '../run/kept/journal.ts';
import type { MemberStates } from './member-states.ts';
import type { BatchControl } from './batch-control.ts';
import type { Budgets } from './pace/budgets.ts';
import type { BatchGuard } from './pace/guard.ts';
import type { BatchHead, BatchRecord } from './kept/records.ts';
import type { BatchPorts, BatchWork } from './types.ts';

/** What the parts of a running batch share. */
export interface Running {
  /** Whether the lock is still ours; where it is not, everything stops and nothing is noted any more. */
  mayBegin(): boolean;
  readonly ports: BatchPorts;
  readonly work: BatchWork;
  readonly head: BatchHead;
  readonly journal: Journal<BatchRecord>;
  readonly states: MemberStates;
  readonly batchControl: BatchControl;
  readonly budgets: Budgets;
  readonly guard: BatchGuard;
  readonly audit: JobAudit;
}
