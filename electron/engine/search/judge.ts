import { ruleWords } from '../../../shared/words/rules.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { CleanupSpec } from '../../../shared/model/batch/cleanup.ts';
import { isFromCounts } from '../plan/rules/rule-fields.ts';
import { parseSearchRule, type Rule, type RuleSubject } from '../plan/rules/rules.ts';

/** The rules of a search, parsed. */
export interface SearchRules {
  readonly rules: readonly Rule[];
  readonly any: boolean;
  /** Those about single events. */
  readonly plain: readonly Rule[];
  /** Those that only the whole search can answer. */
  readonly crowd: readonly Rule[];
  /** Regular expressions among them, as written; they have a budget of time. */
  readonly expressions: readonly string[];
}

/** Throws HushError for a rule that is none, and where there is none: a clean-up of everything is never meant. */
export function readRules({ rules, any }: Pick<CleanupSpec, 'rules' | 'any'>): SearchRules {
  if (rules.length === 0) {
    throw new HushError({
      code: 'INPUT_RULE',
      message: 'Say what to look for with at least one rule, for example organizer=*@spam.test.',
      reaction: 'fix-input',
    });
  }
  const parsed = rules.map(parseSearchRule);
  return {
    rules: parsed,
    any,
    plain: parsed.filter(({ field }) => !isFromCounts(field)),
    crowd: parsed.filter(({ field }) => isFromCounts(field)),
    expressions: parsed.flatMap(({ field, operator, value }) => (operator === '~' ? [`${field}~${value}`] : [])),
  };
}

/** Whether one event is meant; `open`: that depends on what the whole search counts. */
export function judge({ plain, crowd, any }: SearchRules, subject: RuleSubject): 'yes' | 'no' | 'open' {
  const counts = crowd.length > 0;
  if (any) return plain.some((rule) => rule.matches(subject)) ? 'yes' : counts ? 'open' : 'no';
  if (!plain.every((rule) => rule.matches(subject))) return 'no';
  return counts ? 'open' : 'yes';
}

/** What the whole search counted about one event. */
export interface Counts {
  readonly copies: number;
  readonly calendars: number;
}

/** Whether an event that was left open is meant, now that the crowd is counted. */
export function judgeCounts({ crowd, any }: SearchRules, counts: Counts): boolean {
  const fits = (rule: Rule): boolean => compare(rule, counts);
  return any ? crowd.some(fits) : crowd.every(fits);
}

function compare({ field, operator, value }: Rule, counts: Counts): boolean {
  if (!isFromCounts(field)) return false;
  const bound = Number(value);
  if (operator === '<') return counts[field] < bound;
  return operator === '>' ? counts[field] > bound : counts[field] === bound;
}

/** The rules as a sentence of a plan. */
export function rulesText({ rules, any }: Pick<CleanupSpec, 'rules' | 'any'>): string {
  return `Rules: ${rules.map(ruleWords).join(any ? ' or ' : ', ')}.`;
}
