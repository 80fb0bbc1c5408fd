import type { CalendarIndex } from '../icalendar/types.ts';
import { matchesRules, needsText, parseRule } from '../plan/rules.ts';

/** Ordinals that all rules let through; null when there are no rules. Throws HushError for a rule that is none. */
export async function selectByRules(
  index: Pick<CalendarIndex, 'size' | 'summary' | 'text'>,
  rules: readonly string[],
  ownerAddresses: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlySet<number> | null> {
  if (rules.length === 0) return null;
  const parsed = rules.map(parseRule);
  const withText = needsText(parsed);
  const own = new Set(ownerAddresses.map((address) => address.toLowerCase()));
  const chosen = new Set<number>();
  for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
    signal?.throwIfAborted();
    const text = withText ? unfold((await index.text(ordinal)).toString('utf8')) : '';
    if (matchesRules(parsed, { summary: index.summary(ordinal), text, own })) chosen.add(ordinal);
  }
  return chosen;
}

function unfold(text: string): string {
  return text.replace(/\r?\n[ \t]/g, '');
}
