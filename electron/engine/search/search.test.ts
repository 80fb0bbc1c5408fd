import { OWN_ORDER, type MatchOrder } from '../../../shared/model/found/list-order.ts';
import { describe, expect, it } from 'vitest';
import { rulesText } from './judge.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { eventText } from '../icalendar/summary/event-text.ts';
import { hostsOf, linksIn } from '../icalendar/facts/links.ts';
import { summarise } from '../icalendar/summary/summarise.ts';
import { CopyCounter, countsOf } from './copy-counts.ts';
import { factsOf } from './facts.ts';
import { FoundEvents } from './found.ts';
import type { SearchHit } from './found-event.ts';
import { judge, judgeCounts, readRules } from './judge.ts';
import { ownerOf, ownPart } from './owner.ts';
import { textShape, titleShape } from './shapes.ts';

function event(lines: readonly string[]): string {
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//http://prodid.test//EN', 'BEGIN:VEVENT', 'UID:one'];
  return [
    ...head,
    'DTSTAMP:20260102T000000Z',
    'DTSTART:20370105T090000Z',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

function summaryOf(text: string): ReturnType<typeof summarise>[number] {
  const [summary] = summarise(text);
  if (summary === undefined) throw new Error('no event');
  return summary;
}

describe('shapes', () => {
  it.each([
    ['You won prize 4711!', 'YOU WON  prize 12!'],
    ['🎉🎉 Invoice INV-2026-0042 due 24 Nov 2026', '💰 Invoice INV-2025-9 due 3 March 2025'],
    ['Webinar 2026-11-24 10:30', 'Webinar 24.11.2026'],
    ['Hi anna@example.com, call', 'Hi bob@example.org, call'],
  ])('of %j and %j are one', (one, other) => {
    expect(titleShape(one)).toBe(titleShape(other));
    expect(titleShape(one)).toContain('…');
  });

  it('of different words are different, and plain words stay as they are', () => {
    expect(titleShape('Team meeting')).toBe('team meeting');
    expect(titleShape('Team meeting')).not.toBe(titleShape('Team lunch'));
  });

  it('of texts keep the host of a link, not its path', () => {
    const one = textShape('Click https://evil.test/a?u=anna now');
    expect(one).toBe(textShape('Click https://evil.test/b/c?u=bob now'));
    expect(one).toContain('evil.test');
    expect(one).not.toBe(textShape('Click https://other.test/a now'));
  });

  it('take no longer for a text made to be slow', () => {
    const began = performance.now();
    for (const text of ['a'.repeat(100_000), 'a1-'.repeat(50_000), '<a'.repeat(50_000), '. '.repeat(50_000)]) {
      titleShape(text);
      textShape(text);
      eventText(event([`DESCRIPTION:${text}`]));
      linksIn(text);
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('links', () => {
  it('are found where a person sees them, and nowhere else', () => {
    const text = event([
      String.raw`DESCRIPTION:See https://a.test/x\,y.\nOr (http://WWW.b.test:8080/)`,
      'URL:https://c.test',
      'X-ALT-DESC;FMTTYPE=text/html:<a href="https://d.test/?a=1&amp;b=2">here</a>',
      'TZURL:http://tzurl.test/x',
    ]);
    const links = linksIn(text);
    expect(links).toEqual([
      'https://a.test/x,y',
      'http://WWW.b.test:8080/',
      'https://c.test',
      'https://d.test/?a=1&b=2',
    ]);
    expect(hostsOf(links)).toEqual(['a.test', 'b.test', 'c.test', 'd.test']);
    expect(hostsOf(['https://bank.test@evil.test/'])).toEqual(['evil.test']);
  });
});

describe('the preview of an event', () => {
  it('is plain lines: no markup, no scripts, nothing that turns letters around', () => {
    const html = String.raw`X-ALT-DESC:<style>p{}</style><p>Hello&nbsp;you</p><script>alert(1)</script><a href="https://e.test/x">win</a>\n`;
    const { lines } = eventText(event(['SUMMARY:A\u202eB', 'ORGANIZER:mailto:x@spam.test', html]));
    expect(lines.join('\n')).toBe(
      [
        'Title: AB',
        'Starts: 2037-01-05 09:00 UTC',
        'Organizer: mailto:x@spam.test',
        '',
        'Hello you',
        ' [https://e.test/x] win',
      ].join('\n'),
    );
  });
});

describe('own meetings', () => {
  const owner = ownerOf('anna', ['mailto:Anna@example.com', '/principals/anna/'], []);
  const part = (lines: readonly string[]): string => ownPart(summaryOf(event(lines)), owner);

  it.each([
    [['ORGANIZER:MAILTO:anna@example.com'], 'organizer'],
    [['ORGANIZER:mailto:x@y.test', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@example.com'], 'accepted'],
    [['ORGANIZER:mailto:x@y.test', 'ATTENDEE;PARTSTAT=TENTATIVE:mailto:anna@example.com'], 'accepted'],
    [['ORGANIZER:mailto:x@y.test', 'ATTENDEE;PARTSTAT=DECLINED:mailto:anna@example.com'], 'no'],
    [['ORGANIZER:mailto:x@y.test', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:other@example.com'], 'no'],
  ])('%j → %s', (lines, expected) => {
    expect(part(lines)).toBe(expected);
  });

  it('are told by the name before the @ where no address is known', () => {
    const guessed = ownerOf('anna', ['/principals/anna/'], []);
    expect(guessed.guessed).toBe(true);
    expect(ownPart(summaryOf(event(['ORGANIZER:mailto:anna@anywhere.test'])), guessed)).toBe('organizer');
    expect(ownPart(summaryOf(event(['ORGANIZER:mailto:joanna@anywhere.test'])), guessed)).toBe('no');
  });
});

describe('rules of a search', () => {
  const owner = ownerOf('anna', ['mailto:anna@example.com'], ['partner.test']);
  const verdict = (rules: readonly string[], lines: readonly string[], any = false): string => {
    const text = event(lines);
    return judge(readRules({ rules, any }), {
      summary: summaryOf(text),
      text,
      own: owner.addresses,
      inside: owner.inside,
    });
  };

  it.each([
    ['outside=yes', ['ORGANIZER:mailto:x@spam.test'], 'yes'],
    ['outside=yes', ['ORGANIZER:mailto:x@partner.test'], 'no'],
    ['outside=yes', ['ORGANIZER:mailto:bob@example.com'], 'no'],
    ['outside=yes', [], 'no'],
    ['outside=no', [], 'yes'],
    ['answered=no', [], 'no'],
    ['answered=no', ['ORGANIZER:mailto:x@spam.test'], 'yes'],
    ['recurring=yes', ['RRULE:FREQ=DAILY'], 'yes'],
    ['recurring=no', ['RRULE:FREQ=DAILY'], 'no'],
    ['ends>2040-01-01', ['RRULE:FREQ=DAILY'], 'yes'],
    ['ends<2038-01-01', [], 'yes'],
    ['received>2026-01-01', [], 'yes'],
    ['received<2026-01-01', [], 'no'],
    ['link=*', ['URL:https://x.test'], 'yes'],
    ['link=*', [], 'no'],
    ['copies>3', [], 'open'],
  ] as const)('%s, %j → %s', (rule, lines, expected) => {
    expect(verdict([rule], lines)).toBe(expected);
  });

  it('ask for the crowd only where it matters', () => {
    expect(verdict(['copies>3', 'title=x'], ['SUMMARY:y'])).toBe('no');
    expect(verdict(['copies>3', 'title=y'], ['SUMMARY:y'], true)).toBe('yes');
    const rules = readRules({ rules: ['copies>1', 'calendars=2'], any: false });
    expect([judgeCounts(rules, { copies: 2, calendars: 2 }), judgeCounts(rules, { copies: 2, calendars: 3 })]).toEqual([
      true,
      false,
    ]);
  });

  it('must be there', () => {
    expect(() => readRules({ rules: [], any: false })).toThrow(HushError);
    expect(() => readRules({ rules: ['copies~many'], any: false })).toThrow(HushError);
  });
});

describe('the crowd', () => {
  it('counts mailboxes and calendars, not events, and is not fooled by names', () => {
    const count = new CopyCounter();
    for (const [mailbox, place] of [
      ['a', 0],
      ['a', 1],
      ['b', 2],
    ] as const) {
      count.add({ textKey: 'k', organizer: '__proto__', mailbox, place });
    }
    const crowd = count.total();
    expect(countsOf(crowd, { textKey: 'k', organizer: '__proto__' })).toEqual({ copies: 2, calendars: 3 });
    expect(countsOf(crowd, { textKey: 'constructor', organizer: 'toString' })).toEqual({ copies: 1, calendars: 1 });
  });
});

describe('what was found', () => {
  const owner = ownerOf('anna', ['mailto:anna@example.com'], []);
  const found = (id: number, from: string, link: string): SearchHit => {
    const text = event([`ORGANIZER:mailto:${from}`, `SUMMARY:Win ${id}`, `DESCRIPTION:Go https://${link}/${id}`]);
    const { shape, textKey, words, ...facts } = factsOf(summaryOf(text), `/c/${id}.ics`, text, owner);
    const where = { id, place: id % 2, mailbox: `user${id % 2}`, calendar: 'c', kept: false };
    return { match: { ...facts, ...where }, shape, textKey, words };
  };
  const events = (): FoundEvents =>
    new FoundEvents(
      [found(0, 'a@x.test', 'one.test'), found(1, 'b@y.test', 'two.test'), found(2, 'a@x.test', 'two.test')],
      { places: 2, searched: 2, events: 9, problems: [] },
    );

  it('is in one cluster of each kind, the biggest first', () => {
    const { clusters } = events().result();
    const of = (by: string): unknown =>
      clusters.filter((one) => one.by === by).map(({ label, matches }) => [label, matches]);
    expect(of('organizer')).toEqual([
      ['a@x.test', 2],
      ['b@y.test', 1],
    ]);
    expect(of('link')).toEqual([
      ['two.test', 2],
      ['one.test', 1],
    ]);
    expect(of('title')).toEqual([['win …', 3]]);
  });

  it('is shown in the order of its clusters, and kept one by one or by cluster', async () => {
    const all = events();
    const listed = { by: 'organizer', key: null, order: OWN_ORDER } as const;
    const ids = async (order: Partial<MatchOrder>): Promise<readonly number[]> =>
      (await all.page({ ...listed, order: { ...OWN_ORDER, ...order } }, 0, 10)).rows.map(({ id }) => id);
    expect(await ids({})).toEqual([0, 2, 1]);
    const inLink = await all.page({ by: 'link', key: 'two.test', order: OWN_ORDER }, 1, 1);
    expect(inLink).toMatchObject({ rows: [{ id: 2 }], of: 2 });
    expect(await ids({ sort: { by: 'organizer', descending: true } })).toEqual([1, 0, 2]);
    expect(await ids({ organizer: 'a@x.test' })).toEqual([0, 2]);
    expect(await ids({ search: ' B@Y ' })).toEqual([1]);
    all.keep({ by: 'organizer', keys: ['a@x.test'] }, true);
    expect(all.result().clusters.find(({ key }) => key === 'a@x.test')).toMatchObject({ kept: 2 });
    all.keep([0], false);
    expect(all.all.map(({ match }) => match.kept)).toEqual([false, false, true]);
  });
});

it('rules are said in a plan as in the editor', () => {
  const rules = ['outside=yes', 'answered=no', 'link=*'];
  expect(rulesText({ rules, any: false })).toBe(
    'Rules: Organizer is external, Invitation not answered, Link is present.',
  );
  expect(rulesText({ rules: rules.slice(1), any: true })).toBe('Rules: Invitation not answered or Link is present.');
});
