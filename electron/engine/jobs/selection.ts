import type { RestoreSpec } from '../../../shared/model/job.ts';
import type { CalendarIndex, ResourceSummary } from '../icalendar/types.ts';
import { matchesRules, needsText, parseRule, type RuleSubject } from '../plan/rules.ts';
import { domainsOf } from '../scheduling/addresses.ts';
import { withinBudget } from './time-budget.ts';

/** Events looked at together. */
const PORTION = 200;

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
  const expressions = parsed.flatMap(({ field, operator, value }) => (operator === '~' ? [`${field}~${value}`] : []));
  for (let from = 0; from < index.size; from += PORTION) {
    signal?.throwIfAborted();
    const portion: { readonly ordinal: number; readonly subject: RuleSubject }[] = [];
    for (let ordinal = from; ordinal < Math.min(from + PORTION, index.size); ordinal += 1) {
      const summary = index.summary(ordinal);
      if (since !== undefined && !reaches(summary, since)) continue;
      const text = withText ? unfold((await index.text(ordinal)).toString('utf8')) : '';
      portion.push({ ordinal, subject: { summary, text, own, inside } });
    }
    const look = (): void => {
      for (const { ordinal, subject } of portion) if (matchesRules(parsed, subject)) chosen.add(ordinal);
    };
    if (expressions.length === 0) look();
    else withinBudget(look, expressions);
  }
  return chosen;
}

/** The day counts as it is written in the event, in the event's own zone. */
function reaches({ start, recurring, endsMs }: ResourceSummary, since: string): boolean {
  if (start === null) return false;
  if (start.text.slice(0, 10) >= since) return true;
  return recurring && (endsMs === null || endsMs > Date.parse(since));
}

function unfold(text: string): string {
  return text.replace(/\r?\n[ \t]/g, '');
}
