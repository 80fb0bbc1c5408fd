import type { Action, ConflictPolicy } from '../../shared/model/plan.ts';
import type { RunStatus } from '../../shared/model/job.ts';
import type { Outcome } from '../../shared/model/outcome.ts';
import type { Tone } from './modes.ts';

export interface Word {
  readonly label: string;
  readonly tone: Tone;
  readonly means: string;
}

export const ACTION_WORDS: Readonly<Record<Action, Word>> = {
  create: { label: 'Create', tone: 'new', means: 'Not in the calendar: it will be restored.' },
  update: { label: 'Update', tone: 'upd', means: 'In the calendar, but different: the backup will replace it.' },
  delete: { label: 'Delete', tone: 'bad', means: 'It will be removed from the calendar; a copy is kept for undo.' },
  unchanged: { label: 'Unchanged', tone: 'same', means: 'Already in the calendar with the same meaning.' },
  skip: { label: 'Skip', tone: 'same', means: 'Not written, by your choice.' },
  supersede: {
    label: 'Superseded',
    tone: 'same',
    means: 'The backup holds a newer version of it, which is used; file and line are named.',
  },
  conflict: {
    label: 'Conflict',
    tone: 'warn',
    means: 'Needs attention: it is not clear which copy is right, so nothing is written.',
  },
  reject: { label: 'Rejected', tone: 'bad', means: 'Cannot be read or stored; file and line are named.' },
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, Word>> = {
  created: { label: 'Created', tone: 'new', means: 'Created' },
  updated: {
    label: 'Updated',
    tone: 'upd',
    means: 'Replaced the copy in the calendar; the earlier copy is kept for undo',
  },
  altered: {
    label: 'Saved, changed',
    tone: 'warn',
    means: 'Saved, but the server changed what it means; the fields are named',
  },
  deleted: { label: 'Deleted', tone: 'hush', means: 'Removed from the calendar; a copy is kept for undo' },
  unchanged: { label: 'Unchanged', tone: 'same', means: 'Already there with the same meaning' },
  skipped: { label: 'Skipped', tone: 'same', means: 'Left alone, by your choice' },
  superseded: { label: 'Superseded', tone: 'same', means: 'A newer version of it in the backup was used' },
  conflict: { label: 'Conflict', tone: 'warn', means: 'The calendar holds another copy; nothing was written' },
  rejected: { label: 'Rejected', tone: 'bad', means: 'Could not be read or stored, from the backup' },
  failed: { label: 'Failed', tone: 'bad', means: 'The server refused it' },
  unknown: { label: 'Unknown', tone: 'bad', means: 'The answer was lost and reading back did not settle it' },
  cancelled: { label: 'Not reached', tone: 'same', means: 'The run stopped before its turn' },
};

export const STATUS_WORDS: Readonly<Record<RunStatus, Word>> = {
  complete: { label: 'Complete', tone: 'new', means: 'Everything done and read back' },
  incomplete: { label: 'Needs attention', tone: 'warn', means: 'Finished, but some events need attention' },
  stopped: { label: 'Stopped', tone: 'warn', means: 'Stopped on the way; can be resumed' },
  interrupted: { label: 'Interrupted', tone: 'warn', means: 'The program ended in the middle; can be resumed' },
  refused: { label: 'Nothing written', tone: 'same', means: 'Refused before the first write' },
};

export const VERIFIED_WORDS: Readonly<Record<string, string>> = {
  same: 'read back, the same',
  rewritten: 'read back, equal in meaning, adjusted by the server',
  changed: 'read back, not what was sent',
  missing: 'was not there when read back',
  unreadable: 'could not be read back',
};

interface PolicyWords {
  readonly label: string;
  readonly hint: string;
}

export const POLICY_WORDS: Readonly<Record<ConflictPolicy, PolicyWords>> = {
  newer: { label: 'Keep the newer version', hint: 'by revision, then by date' },
  skip: { label: "Keep the server's version", hint: 'restore what is missing' },
  replace: { label: "Use the backup's version", hint: 'a copy is kept for undo' },
  copy: { label: 'Add as a copy', hint: 'a second event beside it' },
};
export const POLICY_ORDER: readonly ConflictPolicy[] = ['newer', 'skip', 'replace', 'copy'];
