import type { JobKind } from '../../shared/model/job.ts';
import type { BinDeed, PlanRow, PlanSummary } from '../../shared/model/plan.ts';
import type { Outcome } from '../../shared/model/outcome.ts';
import { UNDID } from '../../shared/words/done.ts';
import { binParts } from '../../shared/words/trash-bin.ts';
import { ACTION_WORDS, OUTCOME_WORDS, type Word } from './outcomes.ts';

/* What rows are called that are about the trash bin of the server, or of an undo. Pure. */

const DEEDS: Readonly<Record<BinDeed, Word>> = {
  remove: {
    label: 'Out of bin',
    tone: 'bad',
    means: 'It is taken out of the trash bin for good; a copy is kept for undo.',
  },
  restore: { label: 'From bin', tone: 'new', means: 'It is restored from the trash bin, as it was.' },
  refill: { label: 'Into bin', tone: 'same', means: 'It is put into the trash bin again.' },
};

/** What becomes of a row. */
export function actionWord({ action, bin }: Pick<PlanRow, 'action' | 'bin'>): Word {
  const writes = action === 'create' || action === 'delete';
  return bin === undefined || !writes ? ACTION_WORDS[action] : DEEDS[bin];
}

interface Ended {
  readonly outcome: Outcome;
  readonly bin?: BinDeed | undefined;
}

/** What became of a row of a job. */
export function outcomeWord({ outcome, bin }: Ended, job: JobKind | null): Word {
  const done = outcome === 'created' || outcome === 'deleted';
  return bin === undefined || !done ? jobOutcome(outcome, job) : { ...OUTCOME_WORDS[outcome], ...DONE[bin] };
}

/** An outcome as a job calls it: an undo says what it undid. */
export function jobOutcome(outcome: Outcome, job: JobKind | null): Word {
  return job === 'undo' ? { ...OUTCOME_WORDS[outcome], ...UNDID[outcome] } : OUTCOME_WORDS[outcome];
}

const DONE: Readonly<Record<BinDeed, Pick<Word, 'label' | 'means'>>> = {
  remove: { label: 'Out of bin', means: 'Taken out of the trash bin for good; a copy is kept for undo' },
  restore: { label: 'From bin', means: 'Restored from the trash bin, as it was' },
  refill: { label: 'Into bin', means: 'Put into the trash bin again' },
};

/** `2 deleted events are taken out of it for good, 1 is restored`; empty where nothing is. */
export function binWords({ bin }: Pick<PlanSummary, 'bin'>): string {
  return bin === undefined ? '' : binParts(bin).join(', ');
}
