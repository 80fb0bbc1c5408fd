import { HushError } from '../../../shared/model/failure.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import { wildcard } from './wildcard.ts';

/*
 * The rules of `--only` and `--match`: FIELD OP VALUE. `=` compares whole values, with `*` for any run of characters;
 * `~` looks for a regular expression; both without regard to case. `<` and `>` compare numbers and dates.
 */

export const RULE_FIELDS = [
  'organizer',
  'title',
  'text',
  'location',
  'link',
  'guests',
  'answered',
  'created',
  'starts',
  'uid',
] as const;
export type RuleField = (typeof RULE_FIELDS)[number];
export type RuleOperator = '=' | '~' | '<' | '>';

/** What a rule looks at: the summary, and for `text` and `link` the unfolded lines of the event. */
export interface RuleSubject {
  readonly summary: ResourceSummary;
  /** Empty when no rule needs it (see `needsText`). */
  readonly text: string;
  /** The calendar owner's addresses in lower case: `answered` asks for the owner's answer where the owner is a guest. */
  readonly own: ReadonlySet<string>;
}

export interface Rule {
  readonly field: RuleField;
  readonly operator: RuleOperator;
  readonly value: string;
  matches(subject: RuleSubject): boolean;
}

const TEXT_FIELDS: ReadonlySet<RuleField> = new Set(['text', 'link']);
const MEASURED: ReadonlySet<RuleField> = new Set(['guests', 'created', 'starts']);
const ANSWERS: Readonly<Record<string, boolean>> = { yes: true, no: false, true: true, false: false };

/** Parses one rule. Throws HushError (fix-input) with what is wrong and what would be right. */
export function parseRule(text: string): Rule {
  const found = /^\s*([A-Za-z]+)\s*([=~<>])\s*(.*?)\s*$/s.exec(text);
  if (found === null) throw wrongRule(text, 'a rule is FIELD OP VALUE, for example organizer=*@spam.test');
  const [, name = '', operator = '', value = ''] = found;
  const field = RULE_FIELDS.find((known) => known === name.toLowerCase());
  if (field === undefined) throw wrongRule(text, `the fields are ${RULE_FIELDS.join(', ')}`);
  if (!isOperator(operator)) throw wrongRule(text, 'the operators are =, ~, < and >');
  if (value === '' && operator !== '=') throw wrongRule(text, 'a value must follow the operator');
  return { field, operator, value, matches: matcherOf(text, field, operator, value) };
}

/** Whether a rule looks into the event's text, which is then read for every event. */
export function needsText(rules: readonly Rule[]): boolean {
  return rules.some((rule) => TEXT_FIELDS.has(rule.field));
}

/** All rules hold, or with `any` at least one. No rules: everything matches. */
export function matchesRules(rules: readonly Rule[], subject: RuleSubject, any = false): boolean {
  if (rules.length === 0) return true;
  return any ? rules.some((rule) => rule.matches(subject)) : rules.every((rule) => rule.matches(subject));
}

function matcherOf(text: string, field: RuleField, operator: RuleOperator, value: string): Rule['matches'] {
  if (field === 'answered') return answeredMatcher(text, operator, value);
  if (operator === '<' || operator === '>') return orderMatcher(text, field, operator, value);
  if (field === 'guests' && operator === '=') return countMatcher(text, value);
  const pattern = operator === '~' ? regularExpression(text, value) : wildcard(value, 'iu');
  return (subject) => valuesOf(field, subject).some((candidate) => pattern.test(candidate));
}

function valuesOf(field: RuleField, { summary, text }: RuleSubject): readonly string[] {
  switch (field) {
    case 'organizer':
      return summary.organizer === null ? [''] : namesOf(summary.organizer.address, summary.organizer.name);
    case 'title':
      return [summary.title];
    case 'location':
      return [summary.location];
    case 'uid':
      return [summary.uid];
    case 'starts':
      return [summary.start?.text ?? ''];
    case 'created':
      return [summary.created === null ? '' : new Date(summary.created).toISOString()];
    case 'text':
      return [text];
    case 'link':
      return linksOf(text);
    case 'guests':
      return summary.attendees.flatMap((guest) => namesOf(guest.address, guest.name));
    case 'answered':
      return [];
  }
}

function namesOf(address: string, name: string | null): readonly string[] {
  const bare = address.replace(/^mailto:/i, '');
  return name === null ? [bare, address] : [bare, address, name];
}

function linksOf(text: string): readonly string[] {
  return text.match(/\bhttps?:\/\/[^\s"'<>\\;,]+/gi) ?? [];
}

function answeredMatcher(text: string, operator: RuleOperator, value: string): Rule['matches'] {
  const wanted = ANSWERS[value.toLowerCase()];
  if (operator !== '=' || wanted === undefined) throw wrongRule(text, 'answered takes =yes or =no');
  return ({ summary, own }) => {
    const owners = summary.attendees.filter((guest) => own.has(guest.address.toLowerCase()));
    return (owners.length > 0 ? owners : summary.attendees).some(hasAnswered) === wanted;
  };
}

function hasAnswered(guest: ResourceSummary['attendees'][number]): boolean {
  return guest.partstat !== null && guest.partstat !== 'NEEDS-ACTION';
}

function orderMatcher(text: string, field: RuleField, operator: '<' | '>', value: string): Rule['matches'] {
  if (!MEASURED.has(field)) throw wrongRule(text, '< and > compare guests, created and starts');
  const bound = field === 'guests' ? wholeNumber(text, value) : instant(text, value);
  const measure = (summary: ResourceSummary): number | null => {
    if (field === 'guests') return summary.attendees.length;
    return field === 'created' ? summary.created : (summary.start?.ms ?? null);
  };
  return ({ summary }) => {
    const measured = measure(summary);
    if (measured === null) return false;
    return operator === '<' ? measured < bound : measured > bound;
  };
}

function countMatcher(text: string, value: string): Rule['matches'] {
  if (!/^\d+$/.test(value)) {
    const pattern = wildcard(value, 'iu');
    return (subject) => valuesOf('guests', subject).some((candidate) => pattern.test(candidate));
  }
  const count = wholeNumber(text, value);
  return ({ summary }) => summary.attendees.length === count;
}

function wholeNumber(text: string, value: string): number {
  if (!/^\d+$/.test(value)) throw wrongRule(text, 'guests is compared with a whole number');
  return Number(value);
}

function instant(text: string, value: string): number {
  const basic = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  const ms = Date.parse(basic === null ? value : `${basic[1]}-${basic[2]}-${basic[3]}`);
  if (Number.isNaN(ms)) throw wrongRule(text, 'a date is written like 2026-11-23');
  return ms;
}

function regularExpression(text: string, value: string): RegExp {
  try {
    return new RegExp(value, 'i');
  } catch {
    throw wrongRule(text, 'the value after ~ is not a valid regular expression');
  }
}

function isOperator(operator: string): operator is RuleOperator {
  return operator === '=' || operator === '~' || operator === '<' || operator === '>';
}

function wrongRule(text: string, hint: string): HushError {
  return new HushError({
    code: 'INPUT_RULE',
    message: `The rule "${text}" cannot be used: ${hint}.`,
    reaction: 'fix-input',
  });
}
