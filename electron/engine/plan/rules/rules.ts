import { HushError } from '../../../../shared/model/failure.ts';
import { readExpression, type Expression } from './expression.ts';
import {
  isCount,
  isFromCounts,
  isDate,
  isFlag,
  looksIntoText,
  RULE_FIELDS,
  type CountField,
  type FlagField,
  type RuleField,
  type RuleOperator,
} from './rule-fields.ts';
import { countOf, flagOf, momentOf, valuesOf, type RuleSubject } from './rule-values.ts';
import { wildcard } from '../../../../shared/text/wildcard.ts';

export type { RuleSubject } from './rule-values.ts';

/*
 * The rules of `--only` and `--match`: FIELD OP VALUE. `=` compares whole values, with `*` for any run of characters;
 * `~` looks for a regular expression; both without regard to case. `<` and `>` compare numbers and dates.
 */

export interface Rule {
  readonly field: RuleField;
  readonly operator: RuleOperator;
  readonly value: string;
  matches(subject: RuleSubject): boolean;
}

const ANSWERS: Readonly<Record<string, boolean>> = { yes: true, no: false, true: true, false: false };

/** Parses one rule about single events. Throws HushError (fix-input) with what is wrong and what would be right. */
export function parseRule(text: string): Rule {
  const rule = parseSearchRule(text);
  if (isFromCounts(rule.field))
    throw wrongRule(text, `${rule.field} is known only in a clean-up, which searches many calendars`);
  return rule;
}

/** The same, also for what only a search over many calendars can count. */
export function parseSearchRule(text: string): Rule {
  const found = /^([A-Za-z]+)\s*([=~<>])(.*)$/s.exec(text.trim());
  if (found === null) throw wrongRule(text, 'a rule is FIELD OP VALUE, for example organizer=*@spam.test');
  const [, name = '', operator = '', rest = ''] = found;
  const value = rest.trim();
  const field = RULE_FIELDS.find((known) => known === name.toLowerCase());
  const known = RULE_FIELDS.filter((one) => !isFromCounts(one)).join(', ');
  if (field === undefined) throw wrongRule(text, `the fields are ${known}, and in a clean-up copies and calendars`);
  if (!isOperator(operator)) throw wrongRule(text, 'the operators are =, ~, < and >');
  if (value === '' && operator !== '=') throw wrongRule(text, 'a value must follow the operator');
  return { field, operator, value, matches: matcherOf(text, field, operator, value) };
}

/** Whether a rule looks into the event's text, which is then read for every event. */
export function needsText(rules: readonly Rule[]): boolean {
  return rules.some((rule) => looksIntoText(rule.field));
}

/** All rules hold, or with `any` at least one. No rules: everything matches. */
export function matchesRules(rules: readonly Rule[], subject: RuleSubject, any = false): boolean {
  if (rules.length === 0) return true;
  return any ? rules.some((rule) => rule.matches(subject)) : rules.every((rule) => rule.matches(subject));
}

function matcherOf(text: string, field: RuleField, operator: RuleOperator, value: string): Rule['matches'] {
  if (isFlag(field)) return flagMatcher(text, field, operator, value);
  if (operator === '<' || operator === '>') return orderMatcher(text, field, operator, value);
  if (isCount(field) && operator === '=' && /^\d+$/.test(value)) {
    const count = Number(value);
    return (subject) => countOf(field, subject) === count;
  }
  if (isFromCounts(field)) throw wrongRule(text, `${field} is compared with a whole number by <, > or =`);
  const pattern = operator === '~' ? regularExpression(text, value) : wildcard(value, 'iu');
  return (subject) => valuesOf(field, subject).some((candidate) => pattern.test(candidate));
}

function flagMatcher(text: string, field: FlagField, operator: RuleOperator, value: string): Rule['matches'] {
  const wanted = ANSWERS[value.toLowerCase()];
  if (operator !== '=' || wanted === undefined) throw wrongRule(text, `${field} takes =yes or =no`);
  return (subject) => flagOf(field, subject) === wanted;
}

function orderMatcher(text: string, field: RuleField, operator: '<' | '>', value: string): Rule['matches'] {
  const measure = measureOf(text, field, value);
  return (subject) => {
    const measured = measure.of(subject);
    if (measured === null) return false;
    return operator === '<' ? measured < measure.bound : measured > measure.bound;
  };
}

interface Measure {
  readonly bound: number;
  readonly of: (subject: RuleSubject) => number | null;
}

function measureOf(text: string, field: RuleField, value: string): Measure {
  if (isCount(field)) return { bound: wholeNumber(text, field, value), of: (subject) => countOf(field, subject) };
  if (isDate(field)) return { bound: instant(text, value), of: (subject) => momentOf(field, subject) };
  throw wrongRule(text, '< and > compare guests, created, received, starts, ends, copies and calendars');
}

function wholeNumber(text: string, field: CountField, value: string): number {
  if (!/^\d+$/.test(value)) throw wrongRule(text, `${field} is compared with a whole number`);
  return Number(value);
}

function instant(text: string, value: string): number {
  const basic = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  const ms = Date.parse(basic === null ? value : `${basic[1]}-${basic[2]}-${basic[3]}`);
  if (Number.isNaN(ms)) throw wrongRule(text, 'a date is written like 2026-11-23');
  return ms;
}

function regularExpression(text: string, value: string): Expression {
  const read = readExpression(value);
  if ('wrong' in read) throw wrongRule(text, read.wrong);
  return read;
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
