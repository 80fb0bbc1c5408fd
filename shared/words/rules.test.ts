import { describe, expect, it } from 'vitest';
import { readRule, RULE_FIELDS, ruleWords, writeRule } from './rules.ts';

describe('rules as chips', () => {
  it('reads every rule back that it writes', () => {
    const values = { text: 'free (really) 100% *', number: '20', date: '2026-11-01', none: '' } as const;
    for (const field of RULE_FIELDS) {
      for (const verb of field.verbs) {
        const chip = {
          field,
          verb,
          value: verb.id === 'is' || verb.id === 'domain' ? 'spam.test' : values[verb.value],
        };
        const rule = writeRule(chip);
        expect(writeRule(readRule(rule) ?? chip), rule).toBe(rule);
        expect(ruleWords(rule)).not.toBe(rule);
      }
    }
  });

  it('says them in words', () => {
    expect(ruleWords('organizer=*@spam.test')).toBe('Organizer is at domain spam.test');
    expect(ruleWords('answered=no')).toBe('Invitation not answered');
    expect(ruleWords(String.raw`title~free \(really\)`)).toBe('Title contains free (really)');
    expect(ruleWords(String.raw`title~free \d+`)).toBe(String.raw`Title matches the pattern free \d+`);
    expect(ruleWords('guests>20')).toBe('Guests more than 20');
    expect(ruleWords('link~.')).toBe('Link is present');
    expect(ruleWords('link=*')).toBe('Link is present');
    expect(ruleWords('outside=yes')).toBe('Organizer is external');
  });

  it('shows what it cannot say as it is', () => {
    expect(ruleWords('colour=red')).toBe('colour=red');
    expect(readRule('colour=red')).toBeNull();
  });
});
