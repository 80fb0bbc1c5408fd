import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { event, itemsOf, openWorld, type Finished, type World } from './testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

async function restore(text: string, consent = true): Promise<Finished> {
  const sources = [await world.source('in.ics', text)];
  return world.restore({ sources, ...(consent ? { rewrites: { brokenLines: true } } : {}) });
}

async function stored(): Promise<string> {
  return [...(await world.objects()).values()].join('').replace(/\r\n[ \t]/g, '');
}

describe('an event with broken lines', () => {
  const visit = event('a', ['LOCATION:Some place', 'behind the bridge', 'and not: indented', 'STATUS:CONFIRMED']);

  it('is refused without consent, with each line and the advice', async () => {
    const run = await restore(visit, false);
    expect(run.settled).toMatchObject({ status: 'incomplete', totals: { rejected: 1 } });
    const [item] = itemsOf(run);
    expect(item).toMatchObject({ outcome: 'rejected', file: expect.stringMatching(/in\.ics$/) as string, line: 4 });
    expect(item?.reason).toContain('“Mend events with broken lines”');
    expect(item?.warnings).toEqual([
      'Line 7 is broken: "behind the bridge". It becomes a new line of LOCATION.',
      'Line 8 is broken: "and not: indented". It becomes a new line of LOCATION.',
    ]);
    expect(run.events.find((one) => one.kind === 'plan')?.summary.wants).toEqual({ brokenLines: 1 });
  });

  it('is stored as its notes say, and known again', async () => {
    const run = await restore(visit);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 }, verified: 1 });
    expect(await stored()).toContain('LOCATION:Some place\\nbehind the bridge\\nand not: indented\r\nSTATUS');
    const changes = [
      'Line 7 is broken: "behind the bridge". It becomes a new line of LOCATION.',
      'Line 8 is broken: "and not: indented". It becomes a new line of LOCATION.',
    ];
    expect(itemsOf(run)[0]).toMatchObject({ changes });
    expect((await world.engine.report(run.runId)).items[0]?.repairs).toEqual(expect.arrayContaining(changes));
    expect(itemsOf(await restore(visit))[0]?.outcome).toBe('unchanged');
  });
});

const INDENTED = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//t//EN',
  'BEGIN:VEVENT',
  'UID:first',
  'DTSTAMP:20260417T000000Z',
  'DTSTART:20370417T100000Z',
  'SUMMARY:First',
  'END:VEVENT',
  '  BEGIN:VEVENT',
  '  UID:second',
  '  DTSTAMP:20260417T000000Z',
  '  DTSTART:20370418T100000Z',
  '  DESCRIPTION:A line that is folded once and',
  '    goes on',
  '    BEGIN:VALARM',
  '    ACTION:DISPLAY',
  '    TRIGGER:-PT5M',
  '    DESCRIPTION:x',
  '    END:VALARM',
  '  SUMMARY:Second',
  '  END:VEVENT',
  'BEGIN:VEVENT',
  'UID:third',
  'DTSTAMP:20260417T000000Z',
  'DTSTART:20370419T100000Z',
  'SUMMARY:Third',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

describe('an indented event', () => {
  it('costs its neighbours nothing, and is named', async () => {
    const run = await restore(INDENTED, false);
    const rows = itemsOf(run).map(({ uid, outcome, line }) => `${uid} ${outcome} ${String(line)}`);
    expect(rows.sort()).toEqual(['first created 4', 'second rejected 10', 'third created 23']);
  });

  it('is stored with consent', async () => {
    const run = await restore(INDENTED);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 3 }, verified: 3 });
    expect(await stored()).toContain('DESCRIPTION:A line that is folded once and goes on\r\n');
    expect(await stored()).toMatch(/BEGIN:VALARM[^]*END:VALARM\r\nSUMMARY:Second/);
  });
});
