import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { calendar, GUESTS, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, type Said } from './testing/said.ts';
import { unsealFolder } from '../engine/run/testing/unsealed.ts';

let world: World;
afterEach(() => world.close());

const ALICE = ['--user', 'alice', '--password-env', 'PASSWORD'];
const MEETING = calendar([
  ['UID:a', ...GUESTS],
  ['UID:b', 'SUMMARY:Lunch'],
]);

async function restore(text: string, ...more: readonly string[]): Promise<Said> {
  const source = await world.source('some.ics', text);
  const target = ['--calendar', world.calendarUrl, ...ALICE, '--scheduling', 'none', '--runs', world.runsDir];
  return sayIn(world, ['restore', source, ...target, ...more]);
}

/** The value of the property that switches a calendar's scheduling off; null when it is not set. */
async function switched(): Promise<string | null> {
  const answer = await dav(
    'PROPFIND',
    '<D:propfind xmlns:D="DAV:" xmlns:Y="http://cyrusimap.org/ns/"><D:prop><Y:scheduling-enabled/></D:prop></D:propfind>',
  );
  return />([^<>]+)<\/(?:\w+:)?scheduling-enabled>/.exec(answer)?.[1] ?? null;
}

async function dav(method: string, body: string): Promise<string> {
  const { password } = world.server.info.admin;
  const authorization = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;
  const headers = { authorization, depth: '0', 'content-type': 'application/xml' };
  return (await fetch(world.calendarUrl, { method, headers, body })).text();
}

async function setSwitch(value: string): Promise<void> {
  await dav(
    'PROPPATCH',
    `<D:propertyupdate xmlns:D="DAV:" xmlns:Y="http://cyrusimap.org/ns/"><D:set><D:prop><Y:scheduling-enabled>${value}</Y:scheduling-enabled></D:prop></D:set></D:propertyupdate>`,
  );
}

const FORBIDDEN = { status: 403, count: 0 } as const;
const GONE = { status: 401, count: 0 } as const;

describe('--instead collection-switch', () => {
  it('writes with the switch off, tells nobody, and takes the switch away again', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    const seen: (string | null)[] = [];
    world.server.onChange(() => seen.push('change'));
    const said = await restore(MEETING, '--instead', 'collection-switch', '--yes');
    expect([said.code, said.err]).toEqual([0, expect.any(String)]);
    expect(said.out).toContain('scheduling of the whole calendar is switched off while the run lasts');
    expect(world.server.messages()).toEqual([]);
    expect((await world.objects()).size).toBe(2);
    expect(await switched()).toBeNull();
    expect(seen.length).toBeGreaterThan(0);
  });

  it('gives back the value that was there before', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    await setSwitch('T');
    expect((await restore(MEETING, '--instead', 'collection-switch', '--yes')).code).toBe(0);
    expect(await switched()).toBe('T');
  });

  it('is put back by an undo too, which is as quiet', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    await restore(MEETING, '--instead', 'collection-switch', '--yes');
    const [run] = await world.engine.runs();
    const undo = ['undo', run?.runId ?? '', '--password-env', 'PASSWORD', '--runs', world.runsDir, '--yes'];
    expect((await sayIn(world, undo)).code).toBe(0);
    expect(world.server.messages()).toEqual([]);
    expect((await world.objects()).size).toBe(0);
    expect(await switched()).toBeNull();
  });

  it('writes nothing where the server does not take the switch', async () => {
    world = await openWorld({ personality: 'cyrus-like', faults: [{ method: 'PROPPATCH', ...FORBIDDEN }] });
    const said = await restore(MEETING, '--instead', 'collection-switch', '--yes');
    expect(said.code).toBe(3);
    expect(said.out + said.err).toContain('did not switch the scheduling of this calendar off');
    expect((await world.objects()).size).toBe(0);
    expect((await world.engine.runs())[0]?.leftOver).toBeUndefined();
  });

  it('that cannot be put back is said until a resume does it', async () => {
    world = await openWorld({ personality: 'cyrus-like', faults: [{ method: 'PROPPATCH', after: 1, ...FORBIDDEN }] });
    const said = await restore(MEETING, '--instead', 'collection-switch', '--yes');
    expect(said.code).toBe(3);
    expect(said.out + said.err).toContain('still switched off');
    expect(await switched()).toBe('F');
    const [run] = await world.engine.runs();
    const more = ['--runs', world.runsDir];
    expect((await sayIn(world, ['runs', ...more])).out).toContain('still switched off');
    expect((await sayIn(world, ['report', run?.runId ?? '', ...more])).out).toContain('still switched off');
    world.server.setFaults([]);
    const resume = ['resume', run?.runId ?? '', '--password-env', 'PASSWORD', ...more];
    expect((await sayIn(world, resume)).out).toContain('still switched off');
    expect((await sayIn(world, [...resume, '--yes'])).code).toBe(0);
    expect(await switched()).toBeNull();
    expect((await world.engine.runs())[0]).toMatchObject({ status: 'complete' });
    expect((await sayIn(world, ['runs', ...more])).out).not.toContain('still switched off');
  });

  it('left behind is put back by an undo as well, before it writes', async () => {
    world = await openWorld({ personality: 'cyrus-like', faults: [{ method: 'PROPPATCH', after: 1, ...FORBIDDEN }] });
    await restore(MEETING, '--instead', 'collection-switch', '--yes');
    world.server.setFaults([]);
    const [run] = await world.engine.runs();
    const undo = ['undo', run?.runId ?? '', '--password-env', 'PASSWORD', '--runs', world.runsDir];
    expect((await sayIn(world, undo)).out).toContain('left the scheduling of this calendar switched off');
    expect((await sayIn(world, [...undo, '--yes'])).code).toBe(0);
    expect(await switched()).not.toBe('F');
    expect((await world.engine.runs()).map(({ leftOver }) => leftOver)).toEqual([undefined, undefined]);
  });

  it('left behind is put back even where the server no longer lets the run go on', async () => {
    const fault = { method: 'PROPPATCH', after: 1, ...FORBIDDEN };
    world = await openWorld({ personality: 'cyrus-like', faults: [fault, { method: 'PUT', after: 1, ...GONE }] });
    await restore(MEETING, '--instead', 'collection-switch', '--yes', '--concurrency', '1');
    expect(await switched()).toBe('F');
    world.server.setFaults([]);
    const [run] = await world.engine.runs();
    // As if the server could not be asked for it any more: the mode of the run is one that nobody keeps.
    const folder = join(world.runsDir, run?.runId ?? '');
    await unsealFolder(folder);
    const head = join(folder, 'run.json');
    await writeFile(head, (await readFile(head, 'utf8')).replaceAll('"asked":"none"', '"asked":"internal-only"'));
    const resume = ['resume', run?.runId ?? '', '--password-env', 'PASSWORD', '--runs', world.runsDir, '--yes'];
    const said = await sayIn(world, resume);
    expect([said.code, said.err]).toEqual([
      2,
      expect.stringContaining('no longer does what this run was started with'),
    ]);
    expect(await switched()).toBeNull();
  });

  it('leaves alone what somebody else has set meanwhile', async () => {
    world = await openWorld({ personality: 'cyrus-like', faults: [{ method: 'PROPPATCH', after: 1, ...FORBIDDEN }] });
    await restore(MEETING, '--instead', 'collection-switch', '--yes');
    world.server.setFaults([]);
    await setSwitch('T');
    const [run] = await world.engine.runs();
    const resume = ['resume', run?.runId ?? '', '--password-env', 'PASSWORD', '--runs', world.runsDir, '--yes'];
    expect((await sayIn(world, resume)).code).toBe(0);
    expect(await switched()).toBe('T');
  });
});

describe('--instead client-agent', () => {
  it('stores new events so that nobody is told, and says what stays of it', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    const said = await restore(MEETING, '--instead', 'client-agent', '--yes');
    expect([said.code, said.err]).toEqual([0, expect.any(String)]);
    expect(said.out).toContain('scheduling stays off for these events for everybody');
    expect(world.server.messages()).toEqual([]);
    const texts = [...(await world.objects()).values()].map((text) => text.replace(/\r\n[ \t]/g, ''));
    const meeting = texts.find((text) => text.includes('UID:a')) ?? '';
    expect(meeting.match(/ATTENDEE[^\r]*SCHEDULE-AGENT=CLIENT/g)).toHaveLength(3);
    expect(texts.find((text) => text.includes('UID:b'))).not.toContain('SCHEDULE-AGENT');
  });

  it('leaves what it would replace for a person', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    const { password } = world.server.info.admin;
    const headers = {
      authorization: `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`,
      'scheduling-enabled': 'F',
      'content-type': 'text/calendar',
    };
    const old = calendar([['UID:a', 'SUMMARY:Older', 'DTSTAMP:20200101T000000Z', ...GUESTS]]);
    await fetch(new URL('a.ics', world.calendarUrl), { method: 'PUT', headers, body: old });
    const said = await restore(MEETING, '--instead', 'client-agent', '--on-conflict', 'replace', '--yes', '--json');
    expect(said.code).toBe(1);
    expect(said.lines).toContainEqual(
      expect.objectContaining({
        kind: 'item',
        uid: 'a',
        outcome: 'conflict',
        reason: expect.stringContaining('keeps quiet about new events only'),
      }),
    );
    expect(world.server.messages()).toEqual([]);
  });
});

it.each(['collection-switch', 'client-agent'])(
  '--instead %s is refused where it is not offered',
  async (workaround) => {
    world = await openWorld();
    const said = await restore(MEETING, '--instead', workaround, '--yes');
    expect(said.code).toBe(2);
    expect(said.err).toContain('is not needed here');
    await world.close();
    world = await openWorld({ personality: 'ignores-header' });
    const unknown = await restore(MEETING, '--instead', workaround, '--yes');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('is not offered here');
    expect((await world.objects()).size).toBe(0);
  },
);

it('a plan with and one without a chosen way are not the same plan', async () => {
  world = await openWorld({ personality: 'cyrus-like' });
  const hash = (said: Said): string => /^Plan +(\w+)/m.exec(said.out)?.[1] ?? '';
  const plain = hash(await restore(MEETING, '--dry-run'));
  const chosen = hash(await restore(MEETING, '--dry-run', '--instead', 'collection-switch'));
  expect(chosen).toHaveLength(64);
  expect(chosen).not.toBe(plain);
});
