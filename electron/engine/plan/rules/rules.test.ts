import { describe, expect, it } from 'vitest';
import { HushError } from '../../../../shared/model/failure.ts';
import type { CalendarUser, ResourceSummary } from '../../icalendar/types.ts';
import { matchesRules, needsText, parseRule } from './rules.ts';
import { resource } from '../testing/resources.ts';

function user(address: string, partstat: string | null = null, name: string | null = null): CalendarUser {
  return { address, name, partstat, scheduleAgent: null, cutype: null };
}

const spam: Partial<ResourceSummary> = {
  title: 'WIN a (prize)!',
  location: 'Room 2',
  organizer: user('mailto:deals@spam.test', null, 'Deals'),
  attendees: [user('mailto:alice@example.com', 'NEEDS-ACTION'), user('mailto:bob@example.com', 'ACCEPTED')],
  created: Date.UTC(2026, 10, 1),
};
const text = 'DESCRIPTION:Click https://evil.test/path?x=1 now\nURL:http://other.test/';

function matches(rules: readonly string[], over: Partial<ResourceSummary> = spam, any = false): boolean {
  const own = new Set(['mailto:alice@example.com']);
  return matchesRules(rules.map(parseRule), { summary: resource(over), text, own }, any);
}

describe('rules', () => {
  it.each([
    ['organizer=*@spam.test', true],
    ['organizer=mailto:deals@spam.test', true],
    ['organizer=Deals', true],
    ['organizer=spam.test', false],
    ['ORGANIZER = *@SPAM.test', true],
    ['title=WIN a (prize)!', true],
    ['title=win*', true],
    ['title=a', false],
    ['title~^win .*!$', true],
    ['title~lose', false],
    ['text~click', true],
    ['link=https://evil.test/*', true],
    ['link~other\\.test', true],
    ['link=evil', false],
    ['location=room*', true],
    ['guests=2', true],
    ['guests>1', true],
    ['guests<2', false],
    ['guests=bob@*', true],
    ['answered=no', true],
    ['answered=yes', false],
    ['created>2026-10-31', true],
    ['created<20261101', false],
    ['starts>2026-11-23', true],
    ['starts<2026-11-23', false],
    ['starts=2026-11-23*', true],
    ['uid=one@*', true],
  ])('%s → %s', (rule, expected) => {
    expect(matches([rule])).toBe(expected);
  });

  it('asks everybody who was invited when the owner is no guest', () => {
    expect(matches(['answered=yes'], { attendees: [user('mailto:bob@example.com', 'ACCEPTED')] })).toBe(true);
    expect(matches(['answered=no'], { attendees: [user('mailto:bob@example.com')] })).toBe(true);
  });

  it('wants all rules, or one of them when told so', () => {
    expect(matches(['title=win*', 'guests=0'])).toBe(false);
    expect(matches(['title=win*', 'guests=0'], spam, true)).toBe(true);
    expect(matches([])).toBe(true);
  });

  it('never matches a date that is not there', () => {
    expect(matches(['starts<2030-01-01'], { start: null })).toBe(false);
    expect(matches(['starts>1970-01-01'], { start: null })).toBe(false);
  });

  it('says which rules need the text', () => {
    expect(needsText([parseRule('title=x')])).toBe(false);
    expect(needsText([parseRule('link=x')])).toBe(true);
  });

  it.each([
    '',
    'title',
    'colour=red',
    'title!x',
    'title~(',
    'guests>many',
    'starts>soon',
    'title<3',
    'answered~no',
    'answered=maybe',
  ])('refuses "%s" with a sentence', (rule) => {
    let thrown: unknown;
    try {
      parseRule(rule);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(HushError);
    expect(thrown).toMatchObject({ failure: { code: 'INPUT_RULE', reaction: 'fix-input' } });
  });
});
