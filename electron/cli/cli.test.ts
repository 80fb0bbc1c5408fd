import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inspection } from '../../shared/model/found/inspection.ts';
import { jobEvent, type JobEvent, type JobEventOf } from '../../shared/model/job.ts';
import { runEntry, runReport } from '../../shared/model/kept/report.ts';
import { calendar, event, GUESTS, itemsOf, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { readLine, sayIn, toCalendar, type SayOptions, type Said as Plain } from './testing/said.ts';

interface Said extends Plain {
  readonly events: readonly JobEvent[];
}

let world: World;
let source: string;
let connect: readonly string[];
let runs: readonly string[];

beforeAll(async () => {
  world = await openWorld();
  source = await world.source(
    'two.ics',
    calendar([
      ['UID:a', ...GUESTS],
      ['UID:b', 'SUMMARY:Lunch'],
    ]),
  );
  runs = ['--runs', world.runsDir];
  connect = toCalendar(world);
});
afterAll(async () => {
  await world.close();
});
beforeEach(() => {
  world.server.reset();
  world.server.clearMessages();
});

async function run(argv: readonly string[], options: SayOptions = {}): Promise<Said> {
  const said = await sayIn(world, argv, options);
  return { ...said, events: said.lines.map((line) => jobEvent.parse(line)) };
}

const restore = (more: readonly string[], mode = 'none'): Promise<Said> =>
  run(['restore', source, ...connect, '--scheduling', mode, ...more]);

function settledOf({ events }: Said): JobEventOf<'settled'> {
  const last = events.at(-1);
  if (last?.kind !== 'settled') throw new Error('not settled');
  return last;
}

function planOf({ events }: Said): JobEventOf<'plan'> {
  const plan = events.find((one) => one.kind === 'plan');
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

describe('restore', () => {
  it('speaks the JSON of the contract, and tells nobody', async () => {
    const said = await restore(['--yes', '--json']);
    expect(said.code).toBe(0);
    expect(said.events.slice(0, 2).map((one) => one.kind)).toEqual(['started', 'plan']);
    expect(planOf(said).notified.all).toMatchObject({ people: 2, inside: 1, outside: 1, messages: 2, calendars: 1 });
    expect(itemsOf(said)).toHaveLength(2);
    expect(itemsOf(said).find((item) => item.row === 0)).toMatchObject({
      uid: 'a',
      action: 'create',
      outcome: 'created',
      file: source,
      line: 4,
    });
    expect(settledOf(said)).toMatchObject({ status: 'complete', verified: 2, totals: { created: 2, failed: 0 } });
    expect(settledOf(said).mode).toMatchObject({ asked: 'none', effective: 'none' });
    expect(world.server.messages()).toHaveLength(0);
    expect((await world.objects()).size).toBe(2);
  });

  it('without --yes shows the plan, writes nothing and exits with 2', async () => {
    const said = await restore([]);
    expect(said.code).toBe(2);
    expect(said.out).toContain('2 to create');
    expect(said.out).toMatch(/external-only +1 +0 +1 +1/);
    expect(said.err).toContain('--yes');
    expect((await world.objects()).size).toBe(0);
  });

  it('--dry-run names the hash, --yes=HASH runs that plan and refuses another', async () => {
    const dry = await restore(['--dry-run', '--json']);
    expect(dry.code).toBe(0);
    expect(itemsOf(dry).map((item) => item.outcome)).toEqual(['planned', 'planned']);
    const { hash } = planOf(dry);
    expect((await restore([`--yes=${hash}`, '--json', '--only', 'title=Lunch'])).code).toBe(2);
    expect((await world.objects()).size).toBe(0);
    const done = await restore([`--yes=${hash}`, '--json']);
    expect(done.code).toBe(0);
    expect(planOf(done).hash).toBe(hash);
    expect((await restore([`--yes=${hash}`, '--json'])).code).toBe(2);
  });

  it('exits with 1 when something was rejected, and names file and line', async () => {
    const bad = await world.source(
      'bad.ics',
      `${event('ok').slice(0, -15)}BEGIN:VEVENT\r\nUID:x\r\nSUMMARY:No start\r\n`,
    );
    const said = await run(['restore', bad, ...connect, '--scheduling', 'none', '--yes']);
    expect(said.code).toBe(1);
    expect(said.out).toMatch(/rejected .*bad\.ics:\d+ /);
    expect(said.out).toContain('some events need attention');
    expect(said.out).toMatch(/^Job +restore bad\.ics → calendar ".+" on .+, logged in as alice$/m);
    expect(said.out).toMatch(/^Entries +1 to create \+ 1 rejected = 2, from 2 components$/m);
    expect(said.out).toContain('1 created + 1 rejected = 2 entries.');
    expect(said.err).toMatch(/^Next: hushcal report \S+ --format html, hushcal undo /m);
    const again = await run(['restore', bad, ...connect, '--scheduling', 'none']);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('nothing to write')]);
    expect((await run(['runs', ...runs])).out).toMatch(
      /incomplete .*1 created \+ 1 rejected = 2 entries; nobody notified$/m,
    );
  });

  it('--resolve settles conflicts one by one, by UID', async () => {
    for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid, ['SEQUENCE:4', 'SUMMARY:Newer']));
    const asked = await restore(['--json', '--dry-run']);
    expect(planOf(asked).summary.counts.conflict).toBe(2);
    const settled = await restore(['--json', '--dry-run', '--resolve', 'server:*', '--resolve', 'backup:b']);
    expect(planOf(settled).summary.counts).toMatchObject({ conflict: 0, update: 1, skip: 1 });
    const { hash } = planOf(settled);
    expect(hash).not.toBe(planOf(asked).hash);
    const done = await restore(['--json', `--yes=${hash}`, '--resolve', 'server:*', '--resolve', 'backup:b']);
    expect([done.code, settledOf(done).totals]).toMatchObject([0, { updated: 1, skipped: 1 }]);
    expect(itemsOf(done).find((item) => item.uid === 'a')?.reason).toMatch(/as you chose/);
    for (const wrong of ['backup', 'mine:a', 'backup:nobody'])
      expect((await restore(['--yes', '--resolve', wrong])).code).toBe(2);
  });

  it('takes the password from standard input, and a calendar too', async () => {
    const args = [
      'restore',
      source,
      '--calendar',
      world.calendarUrl,
      '--user',
      'alice',
      '--scheduling',
      'none',
      ...runs,
    ];
    const said = await run([...args, '--yes'], { stdin: `${world.server.info.admin.password}\n` });
    expect(said.code).toBe(0);
    const none = await run([...args, '--yes']);
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('--password-env')]);
  });
});

describe('restore --since', () => {
  it('brings back what starts on or after the day, and series that go on beyond it', async () => {
    const days = await world.source(
      'days.ics',
      calendar([
        ['UID:before', 'DTSTART:20370104T235900Z', 'DTEND:20370104T235959Z'],
        ['UID:on', 'DTSTART;VALUE=DATE:20370105', 'DTEND;VALUE=DATE:20370106'],
        ['UID:after', 'DTSTART:20370301T090000Z', 'DTEND:20370301T100000Z'],
        ['UID:over', 'DTSTART:20361201T090000Z', 'DTEND:20361201T100000Z', 'RRULE:FREQ=DAILY;COUNT=3'],
        ['UID:on-and-on', 'DTSTART:20361201T090000Z', 'DTEND:20361201T100000Z', 'RRULE:FREQ=DAILY'],
      ]),
    );
    const args = ['restore', days, ...connect, '--scheduling', 'none', '--json'];
    for (const day of ['2037-01-05', '20370105']) {
      const said = await run([...args, '--since', day, '--dry-run']);
      const created = itemsOf(said).filter((item) => item.action === 'create');
      expect(created.map((item) => item.uid)).toEqual(['on', 'after', 'on-and-on']);
    }
    const done = await run([...args, '--since', '2037-01-05', '--yes', '--on-conflict', 'skip']);
    expect([done.code, settledOf(done).totals]).toMatchObject([0, { created: 3, skipped: 2 }]);
    for (const wrong of ['yesterday', '2037-02-30']) expect((await run([...args, '--since', wrong])).code).toBe(2);
    expect((await run(['restore', '--help'])).out.replaceAll(/\s+/g, ' ')).toContain('keep the newer, the default');
  });
});

describe('a calendar that does not exist', () => {
  it('is made with --make-calendar only, under the name that is given', async () => {
    const url = new URL('../again/', world.calendarUrl).href;
    const there = ['--calendar', url];
    const refused = await restore(['--yes', ...there]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--make-calendar')]);
    expect((await restore(['--yes', ...there, '--calendar-name', 'Mine'])).code).toBe(2);
    const making = [...there, '--make-calendar', '--calendar-name', 'Mine again'];
    const shown = await restore(making);
    expect([shown.code, shown.out]).toEqual([2, expect.stringMatching(/"Mine again" does not exist: it will be made/)]);
    const dry = planOf(await restore([...making, '--dry-run', '--json']));
    expect(dry.summary.makes).toMatchObject({ url, name: 'Mine again' });
    const done = await restore([...making, `--yes=${dry.hash}`, '--json']);
    expect([done.code, settledOf(done).totals.created]).toEqual([0, 2]);
    const again = await restore([...making, '--yes', '--json']);
    expect([again.code, settledOf(again).totals.unchanged]).toEqual([0, 2]);
  });
});

describe('refusals: exit code 2, one sentence, nothing written', () => {
  it.each([
    ['a wrong password', { PASSWORD: 'wrong' }, [], /password/],
    ['no such variable', {}, ['--password-env', 'NOT_SET'], /NOT_SET is not set/],
    ['no mode', {}, ['--scheduling', 'quiet'], /"quiet"/],
    ['a second header', {}, ['--as', 'mailto:a@b.test\r\nX: y'], /address/],
    ['a wrong rule', {}, ['--only', 'colour=red'], /fields are/],
    ['a wrong policy', {}, ['--on-conflict', 'maybe'], /--on-conflict takes one of/],
    ['a wrong number', {}, ['--concurrency', '0'], /--concurrency takes/],
    ['an unknown option', {}, ['--force'], /--force/],
    ['no URL', {}, ['--calendar', 'work'], /whole URL/],
    ['credentials in the URL', {}, ['--calendar', 'http://a:b@host.test/'], /out of the URL/],
    ['nobody there', {}, ['--calendar', 'http://127.0.0.1:9/c/'], /127\.0\.0\.1:9/],
    ['no calendar there', {}, ['--calendar', '/dav/calendars/alice/none/'], /nothing at|no calendar|404/i],
    ['a mode no server knows', {}, ['--scheduling', 'X-quiet'], /X-quiet/],
  ])('%s', async (_what, env, more, sentence) => {
    const options = more.map((arg) => (arg.startsWith('/dav') ? new URL(arg, world.calendarUrl).href : arg));
    const said = await run(['restore', source, ...connect, '--scheduling', 'none', '--yes', ...options], { env });
    expect([said.code, said.err]).toEqual([2, expect.stringMatching(sentence)]);
    expect((await world.objects()).size).toBe(0);
    const json = await run(['restore', source, ...connect, '--scheduling', 'none', '--yes', '--json', ...options], {
      env,
    });
    expect([json.code, settledOf(json).status]).toEqual([2, 'refused']);
  });

  it('an empty folder and a binary file', async () => {
    await mkdir(join(world.dir, 'empty'), { recursive: true });
    const photo = await world.source('photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 1]));
    for (const nothing of [join(world.dir, 'empty'), photo, join(world.dir, 'not-there.ics')]) {
      const said = await run(['restore', nothing, ...connect, '--scheduling', 'none', '--yes']);
      expect([said.code, said.err]).toEqual([2, expect.stringMatching(/nothing to restore/)]);
      expect(said.out).toContain(nothing);
    }
  });

  it('a server that would tell everybody, with what to do instead', async () => {
    const other = await openWorld({ personality: 'ignores-header' });
    try {
      const args = [
        '--calendar',
        other.calendarUrl,
        '--user',
        'alice',
        '--password-env',
        'PASSWORD',
        '--runs',
        other.runsDir,
      ];
      const env = { PASSWORD: other.server.info.admin.password };
      const said = await run(['restore', source, ...args, '--scheduling', 'none', '--yes'], { env });
      expect(said.code).toBe(2);
      expect(said.out).toMatch(/ {12}- /);
      const dry = await run(['restore', source, ...args, '--scheduling', 'none', '--dry-run'], { env });
      expect(dry.code).toBe(2);
      expect((await other.objects()).size).toBe(0);
      expect(other.server.messages()).toHaveLength(0);
    } finally {
      await other.close();
    }
  });

  it('a usage error shows the usage', async () => {
    for (const argv of [[], ['unheard'], ['restore'], ['undo'], ['report', 'a', 'b'], ['inspect']]) {
      const said = await run(argv);
      expect([argv, said.code, said.err]).toEqual([argv, 2, expect.stringContaining('hushcal')]);
    }
    expect((await run(['--help'])).out).toContain('hushcal restore');
  });
});

describe('the run afterwards', () => {
  it('runs, report, undo, retry and resume take it up', async () => {
    const { runId } = settledOf(await restore(['--yes', '--json']));
    const listed = await run(['runs', '--json', ...runs]);
    const [entry] = listed.out
      .trim()
      .split('\n')
      .map((line) => runEntry.parse(readLine(line)));
    expect(entry).toMatchObject({ runId, status: 'complete', canUndo: true });
    const json = await run(['report', runId, '--format', 'json', ...runs]);
    expect(runReport.parse(JSON.parse(json.out)).items).toHaveLength(2);
    const csv = await run(['report', runId, '--format', 'csv', ...runs]);
    expect(parse(csv.out, { columns: true, bom: true })).toHaveLength(2);
    expect((await run(['report', runId, '--format', 'html', ...runs])).out).toContain('<!doctype html>');

    const again = ['--password-env', 'PASSWORD', ...runs];
    expect((await run(['resume', runId, '--yes', ...again])).code).toBe(2);
    expect((await run(['retry', runId, '--yes', ...again])).err).toContain('Nothing failed');
    expect((await run(['undo', runId, ...again])).code).toBe(2);
    const dry = await run(['undo', runId, '--dry-run', '--json', ...again]);
    expect([dry.code, itemsOf(dry).map((item) => item.action)]).toEqual([0, ['delete', 'delete']]);
    const undone = await run(['undo', runId, '--yes', '--json', ...again]);
    expect([undone.code, settledOf(undone).totals.deleted]).toEqual([0, 2]);
    expect((await world.objects()).size).toBe(0);
    expect((await run(['undo', 'nothing', ...again])).err).toContain('"hushcal runs" lists those that are there');
  });

  it('an undo can be undone, and every byte is as it was', async () => {
    for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid, ['SUMMARY:Mine', ...GUESTS]));
    const before = await world.objects();
    const again = ['--password-env', 'PASSWORD', ...runs, '--yes', '--json'];
    const first = settledOf(await restore(['--yes', '--json', '--on-conflict', 'replace']));
    const restored = await world.objects();
    expect(restored).not.toEqual(before);
    const undone = settledOf(await run(['undo', first.runId, ...again]));
    expect([undone.totals.updated, await world.objects()]).toEqual([2, before]);
    const redone = settledOf(await run(['undo', undone.runId, ...again]));
    expect([redone.totals.updated, await world.objects()]).toEqual([2, restored]);
    const last = settledOf(await run(['undo', redone.runId, ...again]));
    expect([last.status, await world.objects()]).toEqual(['complete', before]);
    expect(world.server.messages()).toHaveLength(0);
  });

  it('the undo of a run that told people says how many, and can be silent', async () => {
    const { runId } = settledOf(await restore(['--messages', '2', '--json'], 'all'));
    world.server.clearMessages();
    const again = ['undo', runId, '--password-env', 'PASSWORD', ...runs];
    const shown = await run(again);
    expect([shown.code, shown.out]).toEqual([2, expect.stringContaining('notified 2 people in 2 messages (all)')]);
    const dry = planOf(await run([...again, '--dry-run', '--json']));
    expect(dry.summary.verdict.effective).toBe('all');
    expect(dry.summary.undoes).toMatchObject({ runId, mode: 'all', notified: { people: 2, inside: 1, outside: 1 } });
    expect(dry.notified).toMatchObject({
      all: { messages: 2 },
      'external-only': { messages: 1 },
      none: { messages: 0 },
    });
    const quiet = await run([...again, '--scheduling', 'none', '--yes', '--json']);
    expect([quiet.code, settledOf(quiet).mode.effective]).toEqual([0, 'none']);
    expect(world.server.messages()).toHaveLength(0);
    const report = await run(['report', settledOf(quiet).runId, '--format', 'json', ...runs]);
    expect(runReport.parse(JSON.parse(report.out)).notes.join(' ')).toContain('notified 2 people in 2 messages');
  });

  it('in the mode of the run the undo sends cancellations to those who were told', async () => {
    const { runId } = settledOf(await restore(['--messages', '1', '--json'], 'external-only'));
    world.server.clearMessages();
    const undone = await run(['undo', runId, '--password-env', 'PASSWORD', ...runs, '--messages', '1', '--json']);
    expect([undone.code, settledOf(undone).mode.effective]).toEqual([0, 'external-only']);
    expect(world.server.messages().map(({ method, to }) => `${method} ${to}`)).toEqual(['CANCEL ext@other.test']);
  });

  it('the undo of a silent run is silent, and says nothing of people', async () => {
    const { runId } = settledOf(await restore(['--yes', '--json']));
    const dry = planOf(await run(['undo', runId, '--password-env', 'PASSWORD', ...runs, '--dry-run', '--json']));
    expect([dry.summary.verdict.effective, dry.summary.undoes]).toEqual(['none', undefined]);
  });

  it('an undo can be partial', async () => {
    const { runId } = settledOf(await restore(['--yes', '--json']));
    const again = ['undo', runId, '--password-env', 'PASSWORD', ...runs, '--yes', '--json'];
    expect((await run([...again, '--only', 'colour=red'])).code).toBe(2);
    const part = await run([...again, '--only', 'title=Lunch']);
    expect([part.code, settledOf(part).totals]).toMatchObject([0, { deleted: 1, skipped: 1 }]);
    expect([...(await world.objects()).values()].join('')).toContain('UID:a');
    const rest = await run(again);
    expect([rest.code, settledOf(rest).totals]).toMatchObject([0, { deleted: 1, unchanged: 1 }]);
    expect((await world.objects()).size).toBe(0);
  });

  it('a retry takes another mode, and the retry of an undo keeps the mode of that undo', async () => {
    const fault = [{ method: 'PUT', status: 403, count: 1 }];
    world.server.setFaults(fault);
    const { runId, totals } = settledOf(await restore(['--yes', '--json']));
    world.server.setFaults([]);
    expect(totals.failed).toBe(1);
    const args = ['--password-env', 'PASSWORD', ...runs];
    const retried = planOf(
      await run(['retry', runId, ...args, '--scheduling', 'external-only', '--dry-run', '--json']),
    );
    expect(retried.summary.verdict.asked).toBe('external-only');
    expect(planOf(await run(['retry', runId, ...args, '--dry-run', '--json'])).summary.verdict.asked).toBe('none');
    // An undo with nothing left to do is not tried again.
    world.server.setFaults([{ method: 'DELETE', status: 403, count: 1 }]);
    const undone = settledOf(await run(['undo', runId, ...args, '--scheduling', 'internal-only', '--yes', '--json']));
    world.server.setFaults([]);
    expect(undone.totals.failed).toBe(1);
    const redone = planOf(await run(['retry', undone.runId, ...args, '--dry-run', '--json']));
    expect(redone.summary.verdict.asked).toBe('internal-only');
  });

  it('what was stopped by its server can be resumed, and says so', async () => {
    world.server.setFaults([{ method: 'PUT', status: 507, count: 0 }]);
    const stopped = await restore(['--yes', '--json']);
    world.server.setFaults([]);
    expect([stopped.code, settledOf(stopped).status]).toEqual([3, 'stopped']);
    const { runId } = settledOf(stopped);
    const again = ['resume', runId, '--password-env', 'PASSWORD', ...runs];
    const shown = await run(again);
    expect([shown.code, shown.out]).toEqual([2, expect.stringContaining('2 are left')]);
    const resumed = await run([...again, '--yes', '--json']);
    expect([resumed.code, settledOf(resumed).totals.created]).toEqual([0, 2]);
    expect(itemsOf(resumed)).toHaveLength(2);
  });
});

describe('inspect', () => {
  it('counts, and says who would be told', async () => {
    const said = await run(['inspect', source, '--json']);
    const found = inspection.parse(readLine(said.out));
    expect(said.code).toBe(0);
    expect(found).toMatchObject({
      files: 1,
      resources: 2,
      withGuests: 1,
      notified: { all: { people: 2, messages: 2 } },
    });
    expect((await run(['inspect', source])).out).toContain('2 VEVENT');
  });

  it('exits with 1 for what cannot be read, by file', async () => {
    const photo = await world.source('photo.ics', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 1]));
    const said = await run(['inspect', photo, source]);
    expect([said.code, said.out]).toEqual([1, expect.stringContaining(photo)]);
  });
});
