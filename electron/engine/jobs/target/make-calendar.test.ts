import { createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RestoreSpec } from '../../../../shared/model/job.ts';
import type { PreparedJob } from '../../types.ts';
import { calendar, follow, GUESTS, openWorld, runAll, type Finished, type World } from '../testing/world.ts';

let world: World;
let url: string;
let source: string;
let headers: Record<string, string>;
beforeEach(async () => {
  world = await openWorld();
  url = new URL('../deleted/', world.calendarUrl).href;
  const token = Buffer.from(`alice:${world.server.info.admin.password}`).toString('base64');
  headers = { authorization: `Basic ${token}` };
  const described = [
    'X-WR-CALNAME:Family & friends',
    'X-APPLE-CALENDAR-COLOR:#1BADF8FF',
    'X-WR-CALDESC:Who is where',
    'X-APPLE-CALENDAR-ORDER:7',
    'X-WR-TIMEZONE:Europe/Vienna',
  ].join('\r\n');
  const text = calendar([
    ['UID:a', ...GUESTS],
    ['UID:b', 'SUMMARY:Lunch'],
  ]);
  source = await world.source('family.ics', text.replace('PRODID', `${described}\r\nPRODID`));
});
afterEach(async () => {
  await world.close();
});

const prepare = (over: Partial<RestoreSpec> = {}): Promise<PreparedJob> =>
  world.engine.prepareRestore(
    world.spec({ sources: [source], calendarUrl: url, makeCalendar: { name: null, color: null }, ...over }),
    world.connection,
  );

const restore = async (): Promise<Finished> => runAll(await prepare());

/** What stands at the address, as plain HTTP gives it; null when nothing does. */
async function described(at = url): Promise<string | null> {
  const props =
    '<D:displayname/><A:calendar-color/><A:calendar-order/><C:calendar-description/><C:calendar-timezone/>' +
    '<C:supported-calendar-component-set/><D:resourcetype/>';
  const body = `<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"><D:prop>${props}</D:prop></D:propfind>`;
  const answer = await fetch(at, { method: 'PROPFIND', headers: { ...headers, depth: '0' }, body });
  return answer.status === 207 ? answer.text() : null;
}

async function objectsIn(at = url): Promise<number> {
  const answer = await fetch(at, { method: 'PROPFIND', headers: { ...headers, depth: '1' } });
  return [...(await answer.text()).matchAll(/href>[^<]+\.ics</g)].length;
}

async function mkcalendar(): Promise<void> {
  const answer = await fetch(url, { method: 'MKCALENDAR', headers: { ...headers, scheduling: 'none' } });
  if (!answer.ok) throw new Error(await answer.text());
}

const problemsOf = ({ events }: Finished): string =>
  events
    .flatMap((event) => (event.kind === 'problem' ? [`${event.failure.code} ${event.failure.message}`] : []))
    .join();

describe('a calendar that does not exist', () => {
  it('is refused without consent, by a sentence that names the way', async () => {
    const failure = expect.objectContaining({
      code: 'CALENDAR_MISSING',
      message: expect.stringContaining('Ask for a new calendar'),
    });
    await expect(prepare({ makeCalendar: undefined })).rejects.toMatchObject({ failure });
    const nowhere = new URL('../no/home/', world.calendarUrl).href;
    await expect(prepare({ calendarUrl: nowhere })).rejects.toMatchObject({ failure: { code: 'SERVER_NO_CALENDAR' } });
    expect(await described()).toBeNull();
  });

  it('is made again as the backup describes it, and undo leaves it empty', async () => {
    const job = await prepare();
    expect(job.summary.makes).toMatchObject({
      url,
      name: 'Family & friends',
      color: '#1badf8',
      description: 'Who is where',
      order: 7,
      zone: { tzid: 'Europe/Vienna' },
      components: ['VEVENT'],
    });
    expect(job.summary.counts.create).toBe(2);
    expect(job.summary.notes?.join()).toContain('will be made');
    expect(await described()).toBeNull();
    const run = await runAll(job);
    expect(run.settled).toMatchObject({ status: 'complete', verified: 2, totals: { created: 2 } });
    const there = await described();
    for (const part of ['Family &amp; friends', '#1badf8', 'Who is where', '>7<', 'Europe/Vienna', '"VEVENT"'])
      expect(there).toContain(part);
    expect(await objectsIn()).toBe(2);
    expect(world.server.messages()).toHaveLength(0);
    const report = await world.engine.report(run.runId);
    expect([report.run.calendar, report.notes.join()]).toEqual([
      'Family & friends',
      expect.stringContaining('did not exist and was made'),
    ]);

    const undo = await world.engine.prepareUndo(run.runId, { ...world.connection, url });
    expect(undo.summary.notes?.join()).toMatch(/leaves the calendar itself there, empty/);
    const undone = await runAll(undo);
    expect(undone.settled.totals.deleted).toBe(2);
    expect([await objectsIn(), (await described()) === null]).toEqual([0, false]);
    const redone = await runAll(await world.engine.prepareUndo(undone.runId, { ...world.connection, url }));
    expect([redone.settled.status, await objectsIn()]).toEqual(['complete', 2]);
  });

  it('is part of what was consented to', async () => {
    const named = await prepare({ makeCalendar: { name: 'Mine', color: '#AA0000' } });
    const plain = await prepare();
    expect(named.summary.makes).toMatchObject({ name: 'Mine', color: '#aa0000' });
    expect(named.summary.hash).not.toBe(plain.summary.hash);
    expect((await prepare()).summary.hash).toBe(plain.summary.hash);
    await mkcalendar();
    await expect(plain.start({ hash: plain.summary.hash, typedMessages: null })).rejects.toMatchObject({
      failure: { code: 'PLAN_EXPIRED' },
    });
    await Promise.all([named.discard(), plain.discard()]);
    const existing = await prepare();
    expect(existing.summary.makes).toBeUndefined();
    expect((await runAll(existing)).settled.status).toBe('complete');
  });

  it('is asked for with the scheduling headers, by MKCALENDAR and by PROPPATCH', async () => {
    const seen: string[] = [];
    const proxy = createServer((incoming, outgoing) => {
      const { method = '', headers: sent } = incoming;
      if (['MKCALENDAR', 'MKCOL', 'PROPPATCH', 'PUT'].includes(method))
        seen.push(`${method} ${String(sent['scheduling'])}`);
      const target = new URL(incoming.url ?? '/', world.calendarUrl);
      const forward = ask(target, { method, headers: sent }, (answer: IncomingMessage) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(forward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const through = new URL(url);
    // A server that listens on a port has an address of this form.
    through.port = String((proxy.address() as AddressInfo).port);
    try {
      const run = await runAll(await prepare({ calendarUrl: through.href, mode: 'internal-only' }));
      expect(run.settled.status).toBe('complete');
      expect([...new Set(seen)]).toEqual(['MKCALENDAR internal-only', 'PROPPATCH internal-only', 'PUT internal-only']);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});

describe('a server that does not make it at once', () => {
  it('has only extended MKCOL', async () => {
    world.server.setFaults([{ method: 'MKCALENDAR', status: 405, count: 0 }]);
    expect((await restore()).settled).toMatchObject({ status: 'complete', totals: { created: 2 } });
    expect(await described()).toContain('Family &amp; friends');
  });

  it('makes so many an hour, as Nextcloud does: that is said, and waited for', async () => {
    await world.close();
    world = await openWorld({ personality: 'nextcloud-31-like' });
    url = new URL('../deleted/', world.calendarUrl).href;
    source = await world.source('one.ics', calendar([['UID:a', 'SUMMARY:Lunch']]));
    world.server.setFaults([{ method: 'MKCALENDAR', status: 429, count: 9, retryAfter: 0 }]);
    const run = await restore();
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    const waits = run.events.filter((event) => event.kind === 'waiting');
    expect(waits).toHaveLength(9);
    expect(waits[0]).toMatchObject({ row: null, reason: expect.stringContaining('10 calendars in an hour') });
  });

  it('is only busy: it is given up sooner, and nothing is written', async () => {
    world.server.setFaults([{ method: 'MKCALENDAR', status: 429, count: 0, retryAfter: 0 }]);
    const run = await restore();
    expect(run.settled).toMatchObject({ status: 'stopped', totals: { created: 0 } });
    expect(await described()).toBeNull();
  });

  it('takes no colour: the rest is set, and the report says so', async () => {
    world.server.setFaults([{ method: 'PROPPATCH', status: 403, count: 2 }]);
    const run = await restore();
    expect(run.settled.status).toBe('complete');
    expect((await world.engine.report(run.runId)).notes.join()).toContain('did not take its colour');
    expect(await described()).toContain('Who is where');
  });

  it('shortens its colour and its description: they are adjusted, by name, and nothing is lost', async () => {
    await world.close();
    world = await openWorld({ personality: 'shortens-properties' });
    url = new URL('../deleted/', world.calendarUrl).href;
    const text = calendar([['UID:a', 'SUMMARY:Lunch']]);
    const described =
      'X-APPLE-CALENDAR-COLOR:#1BADF880\r\nX-WR-CALDESC:Who is where and when\r\nX-APPLE-CALENDAR-ORDER:7';
    source = await world.source('short.ics', text.replace('PRODID', `${described}\r\nPRODID`));
    const job = await prepare();
    expect(job.summary.makes?.color).toBe('#1badf880');
    const run = await runAll(job);
    expect(run.settled.status).toBe('complete');
    const notes = (await world.engine.report(run.runId)).notes.join('\n');
    expect(notes).toContain(
      'The server adjusted its colour (#1badf880 became #1badf8), description (Who is where and when became Who is whe).',
    );
    expect(notes).not.toContain('did not take');
  });

  it.each(['before', 'after'] as const)('cuts the connection %s it was made: it is made once', async (cut) => {
    world.server.setFaults([{ method: 'MKCALENDAR', cut }]);
    expect((await restore()).settled).toMatchObject({ status: 'complete', totals: { created: 2 } });
  });

  it('refuses: nothing is written, and the run can be resumed', async () => {
    world.server.setFaults([{ method: 'MKCALENDAR', status: 507, count: 0 }]);
    const run = await restore();
    expect([run.settled.status, run.settled.totals.cancelled]).toEqual(['stopped', 2]);
    expect(problemsOf(run)).toMatch(/could not be made/);
    expect(await described()).toBeNull();
    world.server.setFaults([]);
    const resumed = await follow(await world.engine.resume(run.runId, { ...world.connection, url }, null));
    expect(resumed.settled).toMatchObject({ status: 'complete', totals: { created: 2 } });
  });
});

describe('a run that ended while its calendar was being made', () => {
  /** The calendar is made, the answer lost, and nothing more can be read: as after a kill. */
  async function halfMade(): Promise<string> {
    const job = await prepare();
    world.server.setFaults([
      { method: 'MKCALENDAR', cut: 'after' },
      { method: 'PROPFIND', path: 'deleted', status: 401, after: 2, count: 0 },
    ]);
    const run = await runAll(job);
    world.server.setFaults([]);
    expect(run.settled.status).toBe('stopped');
    expect(await described()).not.toBeNull();
    return run.runId;
  }

  it('finds it on resuming, and goes on', async () => {
    const runId = await halfMade();
    const resumed = await follow(await world.engine.resume(runId, { ...world.connection, url }, null));
    expect(resumed.settled).toMatchObject({ status: 'complete', totals: { created: 2 } });
    expect(await described()).toContain('Family &amp; friends');
  });

  it('leaves it alone when somebody put something into it', async () => {
    const runId = await halfMade();
    const theirs = { ...headers, scheduling: 'none', 'content-type': 'text/calendar' };
    await fetch(`${url}theirs.ics`, { method: 'PUT', headers: theirs, body: calendar([['UID:theirs']]) });
    const resumed = await follow(await world.engine.resume(runId, { ...world.connection, url }, null));
    expect([resumed.settled.status, await objectsIn()]).toEqual(['stopped', 1]);
    expect(problemsOf(resumed)).toContain('CALENDAR_ADDRESS_TAKEN');
  });
});

it('writes nothing into a new calendar that does not promise silence', async () => {
  const job = await prepare();
  world.server.setFaults([{ method: 'OPTIONS', path: 'deleted', status: 501, count: 0 }]);
  const run = await runAll(job);
  expect([run.settled.status, run.settled.totals.cancelled]).toEqual(['stopped', 2]);
  expect(problemsOf(run)).toMatch(/MODE_BLOCKED The calendar was made, and nothing was written into it/);
  expect([await objectsIn(), world.server.messages().length]).toEqual([0, 0]);
});
