import { HushError } from '../../../../shared/model/failure.ts';
import type { BatchKind } from '../../../../shared/model/batch/batch.ts';
import type { StoredBatch } from '../../batch/kept/folder.ts';
import type { MakeWork } from '../../batch/types.ts';
import { makeAnnounce, mayAnnounceStill } from '../announce/announce.ts';
import { makeRestore } from './restore.ts';
import { makeUndo, planUndo } from './undo.ts';
import { makeCleanup } from '../cleanup/batch.ts';
import { makeMigrate } from '../migrate/work.ts';

/** Who makes the work of each kind of batch from its spec. */
const MAKERS: Partial<Record<BatchKind, MakeWork>> = {
  cleanup: makeCleanup,
  undo: makeUndo,
  migrate: makeMigrate,
  announce: makeAnnounce,
  restore: makeRestore,
};

/** Kinds that are planned otherwise than they are resumed. */
const PLANNERS: Partial<Record<BatchKind, MakeWork>> = { undo: planUndo };

/** Whether step 2 is still to be done for some events of a batch of a kind. */
const ANNOUNCES: Partial<Record<BatchKind, (batch: StoredBatch) => Promise<boolean>>> = {
  migrate: mayAnnounceStill,
};

export async function mayAnnounce(batch: StoredBatch): Promise<boolean> {
  return (await ANNOUNCES[batch.head.kind]?.(batch)) ?? false;
}

/** Who makes the work of a new batch. Throws HushError for a kind that this version cannot run. */
export function plannerOf(kind: BatchKind): MakeWork {
  return PLANNERS[kind] ?? makerOf(kind);
}

/** Throws HushError for a batch of a kind that this version cannot run. */
export function makerOf(kind: BatchKind): MakeWork {
  const maker = MAKERS[kind];
  if (maker !== undefined) return maker;
  throw new HushError({
    code: 'BATCH_KIND',
    message: `This version of Hushcal cannot run a batch of the kind "${kind}".`,
    reaction: 'fix-input',
  });
}
