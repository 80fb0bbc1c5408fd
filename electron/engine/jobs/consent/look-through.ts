import { setImmediate } from 'node:timers/promises';
import { decode } from '../../icalendar/lines.ts';
import { matchesRules, type Rule, type RuleSubject } from '../../plan/rules/rules.ts';
import { withinBudget } from '../target/time-budget.ts';

/** Events looked at together, and characters of their texts: an expression takes some ten nanoseconds for each. */
const PORTION = { events: 200, text: 4_000_000 };

interface LookOptions {
  readonly rules: readonly Rule[];
  /** One of the rules is enough. */
  readonly any?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** What is known of an event; null when it is out of the question already. */
  readonly subject: (ordinal: number) => Promise<RuleSubject | null>;
  /** Those that the rules let through, in order. */
  readonly take: (ordinal: number, subject: RuleSubject) => void;
  /** After each portion: how many were looked at. What it does is waited for. */
  readonly after?: (done: number) => Promise<void>;
}

/**
 * Holds rules against all events of an index, portion by portion; others get their turn in between.
 *
 * @throws HushError (fix-input) when a regular expression takes too long
 */
export async function lookThrough(size: number, options: LookOptions): Promise<void> {
  const { rules, any = false, signal, subject, take, after } = options;
  const expressions = rules.flatMap(({ field, operator, value }) => (operator === '~' ? [`${field}~${value}`] : []));
  for (let next = 0; next < size;) {
    await setImmediate();
    signal?.throwIfAborted();
    const portion: { readonly ordinal: number; readonly known: RuleSubject }[] = [];
    const end = Math.min(next + PORTION.events, size);
    for (let length = 0; next < end && length < PORTION.text; next += 1) {
      const known = await subject(next);
      if (known === null) continue;
      portion.push({ ordinal: next, known });
      length += known.text.length;
    }
    const look = (): void => {
      for (const { ordinal, known } of portion) if (matchesRules(rules, known, any)) take(ordinal, known);
    };
    if (expressions.length === 0) look();
    else withinBudget(look, expressions);
    await after?.(next);
  }
}

/** The lines of an event without their folds; one may stand within a character. */
export function unfolded(bytes: Buffer): string {
  return decode(bytes.toString('latin1').replace(/\r?\n[ \t]/g, ''));
}
