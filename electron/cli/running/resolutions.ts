import { RESOLUTIONS, type PlanRow, type Resolution } from '../../../shared/model/plan.ts';
import type { PreparedJob } from '../../engine/types.ts';
import { wildcard, type Wildcard } from '../../../shared/text/wildcard.ts';
import { oneOf, UsageError } from '../options/args.ts';
import { allRows } from './rows.ts';

/** `CHOICE:UID` of `--resolve`; `*` in the UID stands for any run of characters. */
interface Settling {
  readonly text: string;
  readonly choice: Resolution;
  readonly uid: Wildcard;
}

/** Parses the values of `--resolve`. Throws UsageError. */
export function readSettlings(values: readonly string[]): readonly Settling[] {
  return values.map((text) => {
    const colon = text.indexOf(':');
    const uid = colon < 0 ? '' : text.slice(colon + 1).trim();
    if (uid === '') throw new UsageError(`--resolve takes CHOICE:UID, for example backup:*, not "${text}".`);
    return { text, choice: oneOf(text.slice(0, colon), 'resolve', RESOLUTIONS), uid: wildcard(uid, 'u') };
  });
}

/** Settles the events that differ from the calendar's as the command line says; a later value wins. Throws UsageError. */
export async function settle(job: PreparedJob, settlings: readonly Settling[]): Promise<void> {
  // A copy gets another UID, so all values are matched before the first one changes anything.
  if (settlings.length === 0) return;
  const rows: PlanRow[] = [];
  for await (const row of allRows(job, [])) rows.push(row);
  const matched = settlings.map((one) => rows.filter(({ uid }) => one.uid.test(uid)).map(({ id }) => id));
  for (const [at, { text, choice }] of settlings.entries()) {
    const ids = matched[at] ?? [];
    if (ids.length === 0) throw new UsageError(`--resolve "${text}": the backup has no event with this UID.`);
    await job.resolve(ids, choice);
  }
}
