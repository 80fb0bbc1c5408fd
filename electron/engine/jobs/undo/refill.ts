import type { PlanRow } from '../../../../shared/model/plan.ts';
import { meaningOf } from '../../icalendar/meaning/meaning.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import { resourceRow } from '../../plan/rows.ts';
import type { PlanStep } from '../../plan/types.ts';
import type { StoredRun } from '../../run/kept/read-run.ts';
import { givesBackSilently } from '../../scheduling/uid-rules.ts';
import type { OpenTarget } from '../target/target.ts';

/** What a run took out of the trash bin, or let the server remove from there. */
interface TakenOut {
  /** Its row in the run. */
  readonly ordinal: number;
  readonly id: number;
  readonly uid: string;
  /** As it was saved; null where it was not, or is damaged. */
  readonly original: string | null;
  /** It lies there all the same. */
  readonly lies: boolean;
  /** Id of the row that deletes the event that took its place; absent where the run did not store it. */
  readonly pair: number | undefined;
}

/** How it gets into the trash bin again: stored and deleted, silently, when the event that took its place is gone. */
export function refillStep(taken: TakenOut, target: OpenTarget, known: PlanRow): PlanStep {
  const { id, ordinal, original, pair, uid } = taken;
  const summary = original === null ? undefined : summarise(original).find((one) => one.uid === uid);
  // Not the address of what took its place: that one is read back while this one is stored for a moment.
  const href = target.store.newHref(`${uid} of the trash bin`);
  const facts = { id, href, actingAs: null, standing: 'plain', notified: 0 } as const;
  const choice = choose(taken, target);
  const row: PlanRow = {
    ...(summary === undefined ? known : resourceRow(summary, { ...facts, ...choice }, target.context.now)),
    ...facts,
    ...choice,
    file: '',
    line: 0,
    findings: [],
    excluded: false,
    ...(choice.action === 'create' ? { bin: 'refill' as const } : {}),
  };
  if (choice.action !== 'create') delete row.bin;
  return {
    row,
    ordinal,
    etag: null,
    notified: null,
    digest: original === null ? '' : meaningOf(original),
    bytes: original === null || choice.action !== 'create' ? 0 : Buffer.byteLength(original),
    asCopy: false,
    ...(pair === undefined || choice.action !== 'create' ? {} : { pair }),
  };
}

function choose(
  { lies, original }: TakenOut,
  { capability, properties }: OpenTarget,
): Pick<PlanRow, 'action' | 'reason'> {
  if (lies) return { action: 'unchanged', reason: 'It lies in the trash bin all the same.' };
  if (original === null)
    return { action: 'conflict', reason: 'Its text was not saved, or is damaged on this computer.' };
  const quiet = capability.verdict('none', ['create', 'delete']).effective === 'none';
  if (!quiet || !givesBackSilently(properties.evidence)) return { action: 'skip', reason: NOT_QUIETLY };
  return { action: 'create', reason: '' };
}

const NOT_QUIETLY =
  'It is not put into the trash bin again: that this server keeps quiet about it is not known. Its text is kept with the run.';

/** The row of the run that stored the event for which another row took something out of the trash bin. */
export function storedFor({ steps }: StoredRun): ReadonlyMap<number, number> {
  return new Map(steps.flatMap(({ waitsFor }, row) => (waitsFor === undefined ? [] : [[waitsFor, row] as const])));
}
