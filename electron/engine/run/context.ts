import type { Pacer } from '../caldav/transport/pace.ts';
import type { CalendarStore } from '../caldav/types.ts';
import type { FindLeak } from '../scheduling/notified/leaks.ts';
import type { RunControl } from './control.ts';
import type { RunLog } from './log.ts';
import type { PackReader, PackWriter } from './kept/pack.ts';
import type { RunStep, Written } from './types.ts';

/** What the parts of a run share. */
export interface RunContext {
  readonly store: CalendarStore;
  readonly log: RunLog;
  readonly control: RunControl;
  readonly bodies: PackReader;
  readonly originals: PackWriter;
  readonly originalsPath: string;
  /** Throws HushError (stop-job) when this process may not send anything: another one has the run by now. */
  mayWrite(): void;
  /** How a stored object gives away that people were told against the mode; null where everybody may be. */
  readonly leaks: FindLeak | null;
  /** Scheduling headers of one write. */
  headers(step: RunStep): Readonly<Record<string, string>>;
  /** Brings one row to its end, where that is not one plain write. */
  readonly write?: WriteRow | undefined;
  /** Whether a write of this step may notify anybody: it is sent once then, and settled by reading. */
  mayNotify(step: RunStep): boolean;
  readonly concurrency: number;
  readonly pacer: Pacer;
}

/** `mayHaveBeenSent`: an earlier process of this run intended it and left no answer. */
export type WriteRow = (context: RunContext, row: number, mayHaveBeenSent: boolean) => Promise<Written>;
