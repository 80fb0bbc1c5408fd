import { rmSync } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { calendar, event, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, toCalendar, type Said } from './testing/said.ts';
import { consentTo } from '../engine/jobs/testing/consent.ts';

/* The disk is full from some write on, as the system says it: a file that is open takes nothing more. */

const NO_SPACE = { errno: -28, code: 'ENOSPC', syscall: 'write' };
const READ_ONLY = { errno: -30, code: 'EROFS', syscall: 'write' };

const disk = { full: false, trouble: NO_SPACE };

/** What all open files have in common. */
interface Files {
  appendFile: (...data: readonly unknown[]) => Promise<void>;
}

async function filesOf(): Promise<Files> {
  const file = await open('/dev/null');
  await file.close();
  return Object.getPrototypeOf(file) as Files;
}

let world: World;
let files: Files;
let appendFile: Files['appendFile'];
beforeEach(async () => {
  files = await filesOf();
  ({ appendFile } = files);
  const before = appendFile;
  files.appendFile = function (this: unknown, ...data) {
    return disk.full
      ? Promise.reject(Object.assign(new Error(`${disk.trouble.code}: ${disk.trouble.syscall}`), disk.trouble))
      : before.apply(this, [...data]);
  };
  world = await openWorld({ delayMs: 2 });
});
afterEach(async () => {
  disk.full = false;
  disk.trouble = NO_SPACE;
  files.appendFile = appendFile;
  await world.close();
});

const say = (...argv: readonly string[]): Promise<Said> => sayIn(world, argv);
const uids = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `e${at}`);

it('a disk that is full in mid-run stops it at once, and says so; the rest goes out once there is room', async () => {
  await world.source('many.ics', calendar(uids(600).map((uid) => [`UID:${uid}`])));
  const stop = world.server.onChange(() => {
    disk.full = true;
  });
  const full = await say('restore', 'many.ics', ...toCalendar(world), '--scheduling', 'none', '--yes', '--json');
  stop();
  expect(full.code).toBe(3);
  expect(full.err).toMatch(/The run was stopped: .*no room left on the disk.* It can be resumed/);
  expect(full.err).not.toMatch(/unexpected|report it/i);
  const [runId] = (await readdir(world.runsDir)).filter((name) => /^\d/.test(name));
  const sent = (await world.objects()).size;
  // Those under way, and those whose intents were on the disk when the next note failed: not all of a chunk of 256.
  expect(sent).toBeLessThan(100);

  disk.full = false;
  const again = await say('resume', runId ?? '', '--password-env', 'PASSWORD', '--runs', world.runsDir, '--yes');
  expect([again.code, (await world.objects()).size]).toEqual([0, 600]);
});

it('a folder of runs that is removed in mid-run is noticed at once, and nothing more is sent', async () => {
  await world.source('many.ics', calendar(uids(600).map((uid) => [`UID:${uid}`])));
  const stop = world.server.onChange(() => {
    rmSync(world.runsDir, { recursive: true, force: true });
  });
  const gone = await say('restore', 'many.ics', ...toCalendar(world), '--scheduling', 'none', '--yes', '--json');
  stop();
  expect(gone.code).toBe(3);
  expect(gone.err).toMatch(
    /The folder of the run, .*, was removed or moved while the run was in progress, so it was stopped/,
  );
  expect(gone.err).not.toMatch(/unexpected|report it/i);
  expect((await world.objects()).size).toBeLessThan(100);
});

it('a disk that can only be read from some moment on stops the run, and says so', async () => {
  await world.source('many.ics', calendar(uids(600).map((uid) => [`UID:${uid}`])));
  disk.trouble = READ_ONLY;
  const stop = world.server.onChange(() => {
    disk.full = true;
  });
  const said = await say('restore', 'many.ics', ...toCalendar(world), '--scheduling', 'none', '--yes', '--json');
  stop();
  expect([said.code, said.err]).toEqual([3, expect.stringMatching(/The run was stopped: The disk can only be read/)]);
  expect((await world.objects()).size).toBeLessThan(100);
});

it('an original that finds no room is not overwritten, and the run stops', async () => {
  for (const uid of uids(3)) await world.put(`${uid}.ics`, event(uid, ['SUMMARY:Old']));
  await world.source('new.ics', calendar(uids(3).map((uid) => [`UID:${uid}`, 'SEQUENCE:1'])));
  const job = await world.engine.prepareRestore(
    world.spec({ sources: [join(world.dir, 'new.ics')], onConflict: 'replace' }),
    world.connection,
  );
  const handle = await job.start(consentTo(job));
  disk.full = true;
  await handle.finished;
  expect([...(await world.objects()).values()].every((text) => text.includes('SUMMARY:Old'))).toBe(true);
  disk.full = false;
  const again = await say('resume', handle.runId, '--password-env', 'PASSWORD', '--runs', world.runsDir, '--yes');
  expect([again.code, [...(await world.objects()).values()].join('').includes('SUMMARY:Old')]).toEqual([0, false]);
});

it('a folder of runs that cannot be made is named, and nothing is written', async () => {
  await world.source('one.ics', event('one'));
  const login = ['--calendar', world.calendarUrl, '--user', 'alice', '--password-env', 'PASSWORD'];
  const said = await say('restore', 'one.ics', ...login, '--runs', '/dev/null/runs', '--scheduling', 'none', '--yes');
  expect([said.code, said.err]).toEqual([2, expect.stringMatching(/\/dev\/null\/runs.*no folder/)]);
  expect((await world.objects()).size).toBe(0);
});

it('nothing is left in the folder for temporary files', async () => {
  await world.source('one.ics', event('one'));
  const before = await ours();
  await say('restore', 'one.ics', ...toCalendar(world), '--scheduling', 'none');
  await say('restore', 'one.ics', ...toCalendar(world), '--scheduling', 'none', '--rehearse');
  expect((await ours()).filter((name) => !before.includes(name))).toEqual([]);
});

/** Temporary folders of this process. */
async function ours(): Promise<readonly string[]> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith('hushcal-'));
  const owners = await Promise.all(
    names.map((name) => readFile(join(tmpdir(), name, 'owner.json'), 'utf8').catch(() => '')),
  );
  return names.filter((_, at) => owners[at]?.includes(`"pid":${process.pid},`));
}
