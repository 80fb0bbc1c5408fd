import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSources } from '../../read/read-sources.ts';
import { buildIndex } from '../index/build-index.ts';
import { meaningOf } from '../meaning/meaning.ts';
import type { CalendarIndex } from '../types.ts';
import { rewritten, type AskedRewrites } from './rewritten.ts';

const dir = mkdtempSync(join(tmpdir(), 'hushcal-rewrites-'));
const open: CalendarIndex[] = [];
afterAll(async () => {
  for (const index of open) await index.close();
  rmSync(dir, { recursive: true, force: true });
});

const AT = ['DTSTART:20310107T100000Z', 'DTEND:20310107T110000Z'];

async function indexOf(...components: readonly (readonly string[])[]): Promise<CalendarIndex> {
  const file = join(dir, `${String(open.length)}.ics`);
  const body = components.flatMap((lines) => [
    'BEGIN:VEVENT',
    'UID:one',
    'DTSTAMP:20260101T000000Z',
    ...lines,
    'END:VEVENT',
  ]);
  writeFileSync(file, ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//t//EN', ...body, 'END:VCALENDAR', ''].join('\r\n'));
  const index = await buildIndex(await readSources([file], { spoolDir: dir }));
  open.push(index);
  return index;
}

const OWN = (address: string): boolean => address.toLowerCase() === 'mailto:alice@example.com';
const unfold = (text: string): string => text.replaceAll(/\r\n[ \t]/g, '');

/** Lines that are only in the one or only in the other, unfolded. */
async function change(index: CalendarIndex, asked: AskedRewrites): Promise<{ gone: string[]; added: string[] }> {
  const lines = async (from: CalendarIndex): Promise<string[]> =>
    unfold((await from.text(0)).toString('utf8')).split('\r\n');
  const [before, after] = [await lines(index), await lines(rewritten(index, asked))];
  return {
    gone: before.filter((line) => !after.includes(line)),
    added: after.filter((line) => !before.includes(line)),
  };
}

describe('any rewrite', () => {
  it('is the index itself when nothing is asked', async () => {
    const index = await indexOf(AT);
    expect(rewritten(index, {})).toBe(index);
    expect(rewritten(index, { rewrites: { domains: [], emailAlarms: false } })).toBe(index);
  });

  it('leaves what it does not concern octet for octet, findings included', async () => {
    const index = await indexOf([
      ...AT,
      'SUMMARY:alice@old.example',
      'ATTACH:mailto:a@old.example',
      'ORGANIZER:mailto:a@new.example',
    ]);
    const asked = {
      rewrites: { emailAlarms: true, domains: [{ from: 'old.example', to: 'new.example' }] },
      clientAgent: OWN,
    };
    const changed = rewritten(index, asked);
    expect(await changed.text(0)).toEqual(await index.text(0));
    expect(changed.summary(0)).toEqual(index.summary(0));
  });

  it('has a summary, a meaning and a length that are those of its text', async () => {
    const index = await indexOf([
      ...AT,
      `ATTENDEE;CN="${'Ä'.repeat(40)}":mailto:bob@old.example`,
      'ORGANIZER:mailto:alice@example.com',
    ]);
    const changed = rewritten(index, {
      rewrites: { domains: [{ from: 'old.example', to: 'new.example' }] },
      clientAgent: OWN,
    });
    const text = await changed.text(0);
    const summary = changed.summary(0);
    expect(summary.attendees[0]).toMatchObject({ address: 'mailto:bob@new.example', scheduleAgent: 'CLIENT' });
    expect(summary.bytes).toBe(text.length);
    expect(summary.meaning).toBe(meaningOf(text.toString('utf8')));
    expect(summary.meaning).not.toBe(index.summary(0).meaning);
    for (const line of text.toString('latin1').split('\r\n')) expect(line.length).toBeLessThanOrEqual(75);
    expect(text.toString('utf8')).not.toContain('\ufffd');
    expect(summary.findings.map(({ code, line }) => [code, line])).toEqual([
      ['rewrite-domain', 9],
      ['rewrite-schedule-agent', 9],
    ]);
  });
});

describe('alarms that send mail', () => {
  const alarm = (...lines: readonly string[]): readonly string[] => [
    'BEGIN:VALARM',
    'TRIGGER:-PT15M',
    ...lines,
    'END:VALARM',
  ];
  const rewrites = { emailAlarms: true };

  it('become reminders with their text; recipients and subject go', async () => {
    const index = await indexOf([
      ...AT,
      'SUMMARY:Round',
      'ATTENDEE:mailto:guest@x.test',
      ...alarm(
        'ACTION:EMAIL',
        'DESCRIPTION:Come',
        'SUMMARY:Mail',
        'ATTENDEE:mailto:a@x.test',
        'ATTENDEE:mailto:b@x.test',
        'X-KEPT:1',
      ),
      ...alarm('ACTION:AUDIO'),
    ]);
    expect(index.summary(0).findings.map(({ code }) => code)).toContain('alarm-email');
    expect(await change(index, { rewrites })).toEqual({
      gone: ['ACTION:EMAIL', 'SUMMARY:Mail', 'ATTENDEE:mailto:a@x.test', 'ATTENDEE:mailto:b@x.test'],
      added: ['ACTION:DISPLAY'],
    });
    const { findings, mailAlarms } = rewritten(index, { rewrites }).summary(0);
    expect(mailAlarms).toBeUndefined();
    expect(findings.map(({ code, line }) => [code, line])).toEqual([
      ['guests-without-organizer', 10],
      ['rewrite-email-alarm', 11],
    ]);
  });

  it.each([
    ['its subject', ['SUMMARY:A\\, b'], 'DESCRIPTION:A\\, b'],
    ['the title of the event', [], 'DESCRIPTION:Round'],
    ['the title, for an empty text', ['DESCRIPTION:'], 'DESCRIPTION:Round'],
  ] as const)('without a text take %s', async (_what, lines, expected) => {
    const index = await indexOf([...AT, 'SUMMARY:Round', ...alarm('ACTION;X-A=1:email', ...lines)]);
    expect((await change(index, { rewrites })).added).toEqual(['ACTION;X-A=1:DISPLAY', expected]);
  });

  it('are found in every component, and those that show are left alone', async () => {
    const override = ['RECURRENCE-ID:20310114T100000Z', 'DTSTART:20310114T120000Z', ...alarm('ACTION:EMAIL')];
    const index = await indexOf(
      [...AT, 'RRULE:FREQ=WEEKLY', ...alarm('ACTION:DISPLAY', 'DESCRIPTION:d', 'ATTENDEE:mailto:a@x.test')],
      override,
    );
    expect(await change(index, { rewrites })).toEqual({ gone: ['ACTION:EMAIL'], added: ['DESCRIPTION:Reminder'] });
  });
});

describe('another mail domain', () => {
  const rewrites = {
    domains: [
      { from: 'old.example', to: 'new.example' },
      { from: 'new.example', to: 'third.example' },
    ],
  };
  it.each([
    ['ORGANIZER:mailto:a@old.example', 'ORGANIZER:mailto:a@new.example'],
    ['ATTENDEE:MAILTO:A.b@OLD.Example', 'ATTENDEE:MAILTO:A.b@new.example'],
    ['ATTENDEE:mailto:a@old.example?subject=a@old.example', 'ATTENDEE:mailto:a@new.example?subject=a@old.example'],
    ['ATTENDEE:mailto:"a@b"@old.example', 'ATTENDEE:mailto:"a@b"@new.example'],
    [
      'ATTENDEE;CN="Old: a@old.example";X-A=a@old.example:mailto:a@old.example',
      'ATTENDEE;CN="Old: a@old.example";X-A=a@old.example:mailto:a@new.example',
    ],
    [
      'ATTENDEE;DELEGATED-TO="mailto:b@old.example","mailto:c@x.test";EMAIL=d@old.example;SENT-BY="mailto:e@old.example":urn:uuid:1',
      'ATTENDEE;DELEGATED-TO="mailto:b@new.example","mailto:c@x.test";EMAIL=d@new.example;SENT-BY="mailto:e@new.example":urn:uuid:1',
    ],
    [
      'ATTENDEE;member="mailto:g@old.example":mailto:x@x.test',
      'ATTENDEE;member="mailto:g@new.example":mailto:x@x.test',
    ],
    ['ATTENDEE:mailto:a@new.example', 'ATTENDEE:mailto:a@third.example'],
  ])('%s', async (before, after) => {
    expect(await change(await indexOf([...AT, before]), { rewrites })).toEqual({ gone: [before], added: [after] });
  });
  it.each([
    'ATTENDEE:mailto:a@sub.old.example',
    'ATTENDEE:mailto:a@old.example.org',
    'ATTENDEE:https://old.example/a@old.example',
    'ATTENDEE;CN=a@old.example:mailto:x@x.test',
    'CONTACT:mailto:a@old.example',
    'DESCRIPTION:a@old.example',
  ])('leaves %s', async (line) => {
    const index = await indexOf([...AT, line]);
    expect(await rewritten(index, { rewrites }).text(0)).toEqual(await index.text(0));
  });
});

describe('SCHEDULE-AGENT=CLIENT', () => {
  const asked = { clientAgent: OWN };
  it('on every guest where the owner organizes, in every component', async () => {
    const index = await indexOf(
      [...AT, 'RRULE:FREQ=WEEKLY', 'ORGANIZER:MAILTO:Alice@example.com', 'ATTENDEE;CN="a;b":mailto:b@x.test'],
      [
        'RECURRENCE-ID:20310114T100000Z',
        'DTSTART:20310114T120000Z',
        'ATTENDEE;schedule-agent=NONE;CN=c:mailto:c@x.test',
        'ATTENDEE;SCHEDULE-AGENT=CLIENT:mailto:d@x.test',
      ],
    );
    expect(await change(index, asked)).toEqual({
      gone: ['ATTENDEE;CN="a;b":mailto:b@x.test', 'ATTENDEE;schedule-agent=NONE;CN=c:mailto:c@x.test'],
      added: [
        'ATTENDEE;CN="a;b";SCHEDULE-AGENT=CLIENT:mailto:b@x.test',
        'ATTENDEE;SCHEDULE-AGENT=CLIENT;CN=c:mailto:c@x.test',
      ],
    });
  });
  it('on the organizer where the owner is a guest', async () => {
    const index = await indexOf([
      ...AT,
      'ORGANIZER:mailto:boss@x.test',
      'ATTENDEE:mailto:alice@example.com',
      'ATTENDEE:mailto:b@x.test',
    ]);
    expect((await change(index, asked)).added).toEqual(['ORGANIZER;SCHEDULE-AGENT=CLIENT:mailto:boss@x.test']);
  });
  it('nowhere where the owner takes no part, and not on recipients of an alarm', async () => {
    const mail = ['BEGIN:VALARM', 'ACTION:EMAIL', 'ATTENDEE:mailto:alice@example.com', 'END:VALARM'];
    const index = await indexOf([...AT, 'ORGANIZER:mailto:boss@x.test', 'ATTENDEE:mailto:b@x.test', ...mail]);
    expect(await rewritten(index, asked).text(0)).toEqual(await index.text(0));
  });
});
