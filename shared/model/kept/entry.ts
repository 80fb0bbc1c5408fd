import { z } from 'zod';
import { runStatus } from '../job.ts';
import { totals } from '../outcome.ts';
import { schedulingMode } from '../scheduling.ts';
import { jobNote } from './job-note.ts';
import { undone } from './kept.ts';

/** What History lists of a run, and of a job over many calendars. */
export const keptEntry = z.strictObject({
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  status: runStatus,
  /** A process is running it now. */
  running: z.boolean(),
  asked: schedulingMode,
  totals,
  verified: z.int(),
  /** Rows that need attention. Absent in runs that an older version ended; of several calendars, only in a report. */
  attention: z.int().optional(),
  /** Those of them that were written and could not be read back: a resume reads them again. */
  unread: z.int().optional(),
  notified: z.int(),
  canUndo: z.boolean(),
  /** The account of this computer that ran it; absent in what an older version ran. */
  operator: z.string().optional(),
  /** What an undo takes back, a retry tries again, or an announcement belongs to. */
  parent: z.string().optional(),
  /** The undo that took all of it back; it is not offered once more then. Absent where there is none. */
  undone: undone.optional(),
  /** Octets on this disk, of several calendars without their runs; only in a list. */
  size: z.int().optional(),
  ...jobNote.shape,
});
