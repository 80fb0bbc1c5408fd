import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemsOf, openWorld, runAll, type Finished, type World } from './testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

function text(...components: readonly string[]): string {
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Test//EN\r\n${components.join('')}END:VCALENDAR\r\n`;
}

function part(kind: string, uid: string, lines: readonly string[]): string {
  return [`BEGIN:${kind}`, `UID:${uid}`, 'DTSTAMP:20261101T000000Z', ...lines, `END:${kind}`, ''].join('\r\n');
}

const series = (uid = 'a', more: readonly string[] = [], kind = 'VEVENT'): string =>
  part(kind, uid, ['DTSTART:20270301T100000Z', 'RRULE:FREQ=WEEKLY;COUNT=10', 'SUMMARY:Series', ...more]);
const instance = (uid = 'a', more: readonly string[] = [], kind = 'VEVENT'): string =>
  part(kind, uid, ['RECURRENCE-ID:20270308T100000Z', 'DTSTART:20270308T140000Z', 'SUMMARY:Later', ...more]);

async function restore(source: string, onConflict: 'newer' | 'replace' | 'skip' | 'copy' = 'newer'): Promise<Finished> {
  return world.restore({ sources: [await world.source('in.ics', source)], onConflict });
}

async function only(): Promise<string> {
  const all = [...(await world.objects()).values()];
  expect(all).toHaveLength(1);
  return all[0] ?? '';
}

describe('a backup with only a changed instance', () => {
  it.each(['VEVENT', 'VTODO'])('is put into the series that is there, %s', async (kind) => {
    await world.put('a.ics', text(series('a', [], kind)));
    const run = await restore(text(instance('a', ['SEQUENCE:1'], kind)));
    expect(run.settled).toMatchObject({ status: 'complete', totals: { updated: 1 }, verified: 1 });
    expect(await only()).toContain('RRULE:FREQ=WEEKLY;COUNT=10');
    expect(await only()).toContain('SUMMARY:Later');
    const again = await restore(text(instance('a', ['SEQUENCE:1'], kind)));
    expect(again.settled.totals).toMatchObject({ unchanged: 1 });
  });

  it('names the repair, shows that one instance changes, and is undone', async () => {
    await world.put('a.ics', text(series()));
    const before = await world.objects();
    const source = await world.source('in.ics', text(instance('a', ['SEQUENCE:1'])));
    const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
    const { row, difference } = await job.row(0);
    expect(row).toMatchObject({ action: 'update', title: 'Later', components: 1 });
    expect(row.findings).toMatchObject([{ kind: 'repair', code: 'merge-instance', line: 4 }]);
    expect(difference).toEqual([{ field: 'Changed instances', server: '0', backup: '1' }]);
    const run = await runAll(job);
    expect(itemsOf(run)).toMatchObject([{ outcome: 'updated' }]);
    const undone = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
    expect(undone.settled).toMatchObject({ status: 'complete', totals: { updated: 1 } });
    expect(await world.objects()).toEqual(before);
  });

  it.each([
    ['newer', 'conflict'],
    ['replace', 'updated'],
    ['skip', 'skipped'],
  ] as const)('older than the series, %s: %s, and the series stays', async (policy, outcome) => {
    await world.put('a.ics', text(series('a', ['SEQUENCE:3'])));
    const run = await restore(text(instance()), policy);
    expect(itemsOf(run)).toMatchObject([{ outcome }]);
    expect(await only()).toContain('RRULE');
  });

  it('takes the place of the same instance, however its moment is written, and of no other', async () => {
    const other = instance('a', ['SUMMARY:Other'])
      .replace('RECURRENCE-ID:20270308', 'RECURRENCE-ID:20270315')
      .replace('SUMMARY:Later\r\n', '');
    await world.put('a.ics', text(series(), instance('a', ['LOCATION:Old']), other));
    const berlin = instance('a', ['SEQUENCE:1', 'LOCATION:New']).replace(
      'RECURRENCE-ID:20270308T100000Z',
      'RECURRENCE-ID;TZID=Europe/Berlin:20270308T110000',
    );
    const run = await restore(text(berlin));
    expect(run.settled).toMatchObject({ status: 'complete', totals: { updated: 1 } });
    const now = await only();
    expect(now.match(/BEGIN:VEVENT/g)).toHaveLength(3);
    expect(now).toContain('LOCATION:New');
    expect(now).toContain('SUMMARY:Other');
    expect(now).not.toContain('LOCATION:Old');
    expect(now.indexOf('BEGIN:VTIMEZONE')).toBeLessThan(now.indexOf('BEGIN:VEVENT'));
  });

  it.each([
    ['at no time of the series', instance('a', ['SEQUENCE:1']).replace('20270308T100000Z', '20270309T100000Z')],
    ['of an instance that was taken out', instance('a', ['SEQUENCE:1']).replace('20270308', '20270322')],
    [
      'and all later ones',
      instance('a', ['SEQUENCE:1']).replace('RECURRENCE-ID:', 'RECURRENCE-ID;RANGE=THISANDFUTURE:'),
    ],
    ['of another organizer', instance('a', ['SEQUENCE:1', 'ORGANIZER:mailto:other@example.com'])],
  ])('that does not fit (%s) is a conflict', async (_why, lone) => {
    await world.put('a.ics', text(series('a', ['EXDATE:20270322T100000Z'])));
    for (const policy of ['newer', 'replace'] as const) {
      const run = await restore(text(lone), policy);
      expect(itemsOf(run)).toMatchObject([
        { outcome: 'conflict', reason: expect.stringContaining('not put together') as string },
      ]);
    }
    expect(await only()).not.toContain('SUMMARY:Later');
    expect((await restore(text(lone), 'copy')).settled.totals).toMatchObject({ created: 1 });
  });

  it('instances of two series go each into its own', async () => {
    await world.put('a.ics', text(series('a')));
    await world.put('b.ics', text(series('b')));
    const run = await restore(text(instance('a', ['SEQUENCE:1']), instance('b', ['SEQUENCE:1'])));
    expect(run.settled).toMatchObject({ status: 'complete', totals: { updated: 2 }, verified: 2 });
    for (const stored of (await world.objects()).values()) expect(stored).toMatch(/RRULE[^]*RECURRENCE-ID/);
  });

  it('goes beside other instances whose series is nowhere', async () => {
    await world.put('a.ics', text(instance('a').replace('RECURRENCE-ID:20270308', 'RECURRENCE-ID:20270315')));
    await restore(text(instance('a', ['SEQUENCE:1'])));
    expect((await only()).match(/RECURRENCE-ID/g)).toHaveLength(2);
  });

  it('is not tried again over a series that was changed since', async () => {
    await world.put('a.ics', text(series()));
    const source = await world.source('in.ics', text(instance('a', ['SEQUENCE:1'])));
    world.server.setFaults([{ method: 'PUT', status: 403, count: 1 }]);
    const failed = await world.restore({ sources: [source] });
    expect(failed.settled.totals).toMatchObject({ failed: 1 });
    await world.put('a.ics', text(series('a', ['LOCATION:Moved'])));
    const retried = await runAll(await world.engine.prepareRetry(failed.runId, world.connection));
    expect(retried.settled.totals).toMatchObject({ conflict: 1, updated: 0 });
    expect(await only()).toContain('LOCATION:Moved');
  });
});

describe('a calendar with only a changed instance', () => {
  it.each(['newer', 'replace'] as const)('keeps it when the series comes back, %s', async (policy) => {
    await world.put('a.ics', text(instance('a', ['SEQUENCE:5'])));
    const run = await restore(text(series()), policy);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { updated: 1 }, verified: 1 });
    expect(await only()).toMatch(/RRULE[^]*SUMMARY:Later/);
  });

  it('keeps the newer of the same instance', async () => {
    await world.put('a.ics', text(instance('a', ['SEQUENCE:5'])));
    await restore(text(series(), instance('a', ['SEQUENCE:2', 'LOCATION:Older'])));
    expect(await only()).not.toContain('LOCATION:Older');
    expect((await only()).match(/RECURRENCE-ID/g)).toHaveLength(1);
  });
});

describe('an object with two UIDs', () => {
  beforeEach(async () => {
    await world.close();
    world = await openWorld({ personality: 'mixes-uids' });
  });
  const two = text(
    series('a', ['LOCATION:There']),
    part('VEVENT', 'b', ['DTSTART:20270105T100000Z', 'SUMMARY:Must stay']),
  );

  it.each(['newer', 'replace'] as const)('is never written through by one of them, %s', async (policy) => {
    await world.put('both.ics', two);
    const run = await restore(text(series('a', ['SEQUENCE:9'])), policy);
    expect(itemsOf(run)).toMatchObject([
      { outcome: 'conflict', reason: expect.stringContaining('another one') as string },
    ]);
    expect(await only()).toBe(two);
  });

  it('nor by a changed instance', async () => {
    await world.put('both.ics', two);
    await restore(text(instance('a', ['SEQUENCE:9'])), 'replace');
    expect(await only()).toBe(two);
  });
});
