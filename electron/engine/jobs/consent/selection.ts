import type { RestoreSpec } from '../../../../shared/model/job.ts';
import type { CalendarIndex, ResourceSummary } from '../../icalendar/types.ts';
import { needsText, parseRule } from '../../plan/rules/rules.ts';
import { domainsOf } from '../../scheduling/addresses.ts';
import { lookThrough, unfolded } from './look-through.ts';

/**
 * Ordinals that all rules let through, and that start on or after the day `since` or repeat beyond it; null when nothing
 * is asked. Throws HushError for a rule that is none.
 */
export async function selectByRules(
  index: Pick<CalendarIndex, 'size' | 'summary' | 'text'>,
  { only: rules, since, insideDomains = [] }: Pick<RestoreSpec, 'only' | 'since' | 'insideDomains'>,
  ownerAddresses: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlySet<number> | null> {
  if (rules.length === 0 && since === undefined) return null;
  const parsed = rules.map(parseRule);
  const withText = needsText(parsed);
  const own = new Set(ownerAddresses.map((address) => address.toLowerCase()));
  const inside = new Set([...domainsOf(ownerAddresses), ...insideDomains]);
  const chosen = new Set<number>();
  await lookThrough(index.size, {
    rules: parsed,
    signal,
    async subject(ordinal) {
      const summary = index.summary(ordinal);
      if (since !== undefined && !reaches(summary, since)) return null;
      return { summary, text: withText ? unfolded(await index.text(ordinal)) : '', own, inside };
    },
    take(ordinal) {
      chosen.add(ordinal);
    },
  });
  return chosen;
}

/** The day counts as it is written in the event, in the event's own zone. */
function reaches({ start, recurring, endsMs }: ResourceSummary, since: string): boolean {
  if (start === null) return false;
  if (start.text.slice(0, 10) >= since) return true;
  return recurring && (endsMs === null || endsMs > Date.parse(since));
}
