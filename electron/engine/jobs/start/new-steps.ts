import { LONGEST_RAW } from '../../../../shared/model/found/event-card.ts';
import type { JobKind } from '../../../../shared/model/job.ts';
import { fingerprintOf } from '../../icalendar/meaning/meaning.ts';
import { countsAs, droppedBy, isWrite } from '../../plan/rows.ts';
import type { Plan, PlanStep } from '../../plan/types.ts';
import type { NewStep } from '../../run/kept/folder.ts';
import type { OpenTarget } from '../target/target.ts';
import { planExpired } from './as-planned.ts';
import type { Bodies } from './material.ts';

/** Jobs whose events come from files: what is in conflict has a text there. */
const FROM_SOURCES: readonly JobKind[] = ['restore', 'retry', 'migrate'];

/** The steps of a plan with the octets that each of them sends. */
export async function* newSteps(
  plan: Plan,
  bodies: Bodies,
  trash: Pick<OpenTarget['store']['trash'], 'get'>,
): AsyncGenerator<NewStep> {
  const after = waitingFor(plan.steps);
  for (const step of plan.steps) {
    const { row, etag, digest, deleted } = step;
    const sent = !row.excluded && isWrite(row.action);
    // A conflict may be settled from the result, when the backup is not at hand any more.
    const kept = sent || (row.action === 'conflict' && FROM_SOURCES.includes(plan.basis.job));
    const lies = sent && row.bin === 'restore' && step.deletedMeaning !== digest;
    const own = (): Promise<Buffer | null> => (lies ? binned(step, trash) : bodies.text(step));
    const body = kept && countsAs(row) !== 'delete' ? await own() : await rawOf(step, bodies);
    // The digest of a copy stands for the original text; what is sent has a new UID.
    const meaning = (step.asCopy || lies) && body !== null ? fingerprintOf(body) : digest;
    const dropped = droppedBy(step);
    const waits = sent ? after.get(row.id) : undefined;
    yield {
      step: {
        row,
        etag,
        meaning,
        ...(dropped === null ? {} : { dropped }),
        ...(waits === undefined ? {} : { waitsFor: waits }),
        ...(sent && row.bin === 'restore' && deleted !== undefined ? { trash: deleted } : {}),
        ...(step.forGood === true ? { forGood: true } : {}),
      },
      body,
    };
  }
}

/** Which rows go out only when another one has ended well: by their ids, the id of that one. */
function waitingFor(steps: readonly PlanStep[]): ReadonlyMap<number, number> {
  const after = new Map<number, number>();
  for (const { row, pair } of steps) {
    if (pair === undefined) continue;
    if (row.bin === 'remove') after.set(pair, row.id);
    else after.set(row.id, pair);
  }
  return after;
}

/** The text of what lies in the trash bin and is taken back out of it, where it is not the one of the backup. */
async function binned({ row, deleted }: PlanStep, trash: Pick<OpenTarget['store']['trash'], 'get'>): Promise<Buffer> {
  const there = deleted === undefined ? null : await trash.get(deleted);
  if (there !== null) return there.bytes;
  throw planExpired(`"${row.title}" is no longer in the trash bin.`);
}

/** The text of what cannot become an event, or of which a newer version was used: it is read in the result. */
async function rawOf(step: PlanStep, bodies: Bodies): Promise<Buffer | null> {
  if (step.row.action !== 'reject' && step.row.action !== 'supersede') return null;
  // A whole event that this calendar, or a missing consent, kept out: the result can try it again.
  if (step.ordinal !== null) return bodies.text(step).catch(() => null);
  // A backup that cannot be read any more costs no run.
  const text = (await bodies.raw(step).catch(() => '')).slice(0, LONGEST_RAW);
  return text === '' ? null : Buffer.from(text);
}
