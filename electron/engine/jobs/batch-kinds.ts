import { HushError } from '../../../shared/model/failure.ts';
import type { BatchKind } from '../../../shared/model/batch.ts';
import type { MakeWork } from '../batch/types.ts';

/** Who makes the work of each kind of batch from its spec. */
const MAKERS: Partial<Record<BatchKind, MakeWork>> = {};

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
