import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlanSummary } from '../../shared/model/plan.ts';
import {
  ASSURANCES,
  NOBODY,
  STANDARD_MODES,
  type Assurance,
  type NotifiedCount,
  type StandardMode,
  type Verdict,
} from '../../shared/model/scheduling.ts';
import { batchConsent } from './batch.ts';
import { consentWords, whyNot } from './consent.ts';
import { colleaguesWords, effectTitle, modeSays, notifiedWords, PANEL_WORDS } from './effect.ts';
import { barsOf } from './notified-chart.ts';
import { MODE_WORDS, modeNumbers, modeTone, notifiedIn } from './modes.ts';

/** Sentences that promise a message or a change in another calendar. */
const PROMISES =
  /everyone gets|get an invitation|see the meetings|notify (?:\d|everyone|external)|update \d|[1-9]\d* (?:people|person|external|calendar)/i;

const people = fc
  .record({ inside: fc.nat(99), outside: fc.nat(99), more: fc.nat(9), past: fc.nat(9), calendars: fc.nat(99) })
  .map(({ inside, outside, more, past, calendars }): NotifiedCount => {
    const all = inside + outside;
    const messages = all === 0 ? 0 : all + more;
    return { people: all, inside, outside, messages, calendars, past: Math.min(past, messages) };
  });

/** The numbers of a plan: each mode counts what it reaches. */
const counted = people.map((all): PlanSummary['notified'] => ({
  none: NOBODY,
  'internal-only': { ...all, people: all.inside, outside: 0, messages: all.inside, past: 0 },
  'external-only': { ...all, people: all.outside, inside: 0, calendars: 0, messages: all.outside, past: 0 },
  all,
}));

const assurances = fc.tuple(...STANDARD_MODES.map(() => fc.constantFrom(...ASSURANCES)));

function verdictOf(mode: StandardMode, assurance: Assurance): Verdict {
  const effective = assurance === 'blocked' ? null : mode;
  return { asked: mode, effective, assurance, because: '', alternatives: [], checkedAt: '', undo: '' };
}

function planOf(mode: StandardMode, notified: PlanSummary['notified'], all: readonly Assurance[]): PlanSummary {
  const entries = STANDARD_MODES.map((each, at) => [each, verdictOf(each, all[at] ?? 'blocked')] as const);
  const verdicts = Object.fromEntries(entries) as PlanSummary['verdicts'];
  return {
    hash: '',
    counts: { create: 3, update: 0, delete: 0, unchanged: 0, skip: 0, supersede: 0, conflict: 0, reject: 0 },
    resources: 3,
    components: 3,
    withGuests: 3,
    past: 0,
    findings: 0,
    notified,
    verdict: verdicts[mode],
    verdicts,
    actingAs: {},
    ambiguous: 0,
    strangers: 0,
    stops: [],
    topRecipients: [],
    months: [],
  };
}

it('card, panel and button say one thing, whatever the verdict', () => {
  fc.assert(
    fc.property(fc.constantFrom(...STANDARD_MODES), counted, assurances, (mode, numbers, all) => {
      const plan = planOf(mode, numbers, all);
      const { verdict } = plan;
      const notified = notifiedIn(plan, mode);
      const card = modeSays(mode, verdict);
      const panel = effectTitle(verdict, 'will');
      const button = consentWords('restore', plan);
      if (verdict.effective === null) {
        expect([notified, button, panel]).toEqual([null, null, 'Nothing will be written']);
        expect(whyNot(plan)).toMatch(/^Blocked/);
        return;
      }
      if (notified === null || button === null) throw new Error('a plan that may run has numbers');
      const silent = notified.people + notified.messages + notified.calendars === 0;
      expect(button.endsWith(', notify nobody')).toBe(silent);
      expect(modeTone(mode, notified) === 'hush').toBe(notified.people + notified.messages === 0);
      if (verdict.assurance === 'noScheduling') {
        expect(panel).toBe(MODE_WORDS.none.title);
        expect([card, panel, button.replace(/^Restore \d+ events/, '')].filter((one) => PROMISES.test(one))).toEqual(
          [],
        );
      } else {
        expect([card, panel]).toEqual([MODE_WORDS[mode].says, MODE_WORDS[mode].title]);
        const ofMany = batchConsent({ kind: 'restore', asked: mode, counts: plan.counts, notified: numbers }, 2);
        expect(ofMany.split(', ').at(-1)).toBe(button.split(', ').at(-1));
      }
      // The first number of the card is the number on the button.
      const [onCard] = /^[\d,]+/.exec(modeNumbers(mode, notified)) ?? [];
      if (!silent) expect(button).toMatch(new RegExp(`, (?:notify|update) ${String(onCard)} `));
    }),
  );
});

it('a loud mode that reaches calendars alone says so on its card as on its button', () => {
  const calendars = { ...NOBODY, calendars: 3 };
  const plan = planOf('all', { none: NOBODY, 'internal-only': calendars, 'external-only': NOBODY, all: calendars }, [
    ...(['plain', 'plain', 'plain', 'plain'] as const),
  ]);
  expect(modeNumbers('all', calendars)).toBe('3 calendars · 0 messages');
  expect(consentWords('restore', plan)).toBe('Restore 3 events, update 3 other calendars without messages');
});

it('the chart has no bar where the server does no scheduling, or the mode is blocked', () => {
  const count = { people: 2, inside: 1, outside: 1, messages: 2, calendars: 1, past: 0 };
  const all = { none: NOBODY, 'internal-only': count, 'external-only': count, all: count };
  const bars = (assurance: Assurance): number => {
    const plan = planOf('all', all, [assurance, assurance, assurance, assurance]);
    const topDomains = [{ domain: 'other.test', inside: false, people: 2, messages: 2 }];
    return barsOf({ ...plan, topDomains }, 'all', 'domain').length;
  };
  expect(ASSURANCES.filter((assurance) => bars(assurance) > 0)).toEqual(['advertised', 'known', 'proved', 'plain']);
});

it('what has ended is said in the past, with no promise left, and what is to come is not', () => {
  const TO_COME = /\b(?:will|is|are|changes?)\b/;
  for (const count of [0, 1, 2]) {
    for (const words of [notifiedWords, colleaguesWords]) {
      expect(words('will', count)).toMatch(TO_COME);
      expect(words('were', count)).not.toMatch(TO_COME);
    }
  }
  for (const says of Object.values(PANEL_WORDS.will)) expect(says).toMatch(TO_COME);
  for (const says of Object.values(PANEL_WORDS.were)) expect(says).not.toMatch(TO_COME);
});
