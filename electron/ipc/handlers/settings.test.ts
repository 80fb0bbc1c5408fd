import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SourceSet } from '../../../shared/ipc/contract.ts';
import { openRecents, type Recents } from '../../app/recents.ts';
import { openSettings, preferencesOf } from '../../app/settings.ts';
import type { Desktop, Preferences } from '../ports.ts';
import { settingsHandlers } from './settings.ts';

const RUN = '20261128T214614072-2f907379';
const source = { names: ['a.zip'] } as unknown as SourceSet;

let folder = '';
let preferences: Preferences;
let recents: Recents;
let chosen: readonly string[] | null;
let busy: boolean;
let taken: (readonly string[])[];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hushcal-settings-')));
  // Where tests lie is temporary and may be the system's (/dev/shm), which a folder of runs must not be. At home it may be.
  vi.stubEnv('TMPDIR', join(folder, 'temp'));
  vi.stubEnv('HOME', folder);
  await mkdir(join(folder, 'standard', RUN), { recursive: true });
  await mkdir(join(folder, 'other'));
  preferences = preferencesOf(await openSettings(folder), join(folder, 'standard'));
  recents = await openRecents(folder);
  chosen = [join(folder, 'other')];
  busy = false;
  taken = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function routes() {
  // Only what these routes look at.
  const desktop = { choosePaths: () => Promise.resolve(chosen) } as unknown as Desktop;
  const take = (paths: readonly string[]): Promise<SourceSet> => {
    taken.push(paths);
    return Promise.resolve(source);
  };
  return settingsHandlers({ desktop, preferences, recents }, () => busy, take);
}

const failing = (code: string) => ({ failure: { code } });

describe('settings', () => {
  test('begin as nobody chose them, and each change is kept', async () => {
    expect(await routes()['settings.get']({})).toEqual({
      connections: 8,
      notifications: true,
      runs: { folder: join(folder, 'standard'), standard: join(folder, 'standard'), gone: false, count: 1 },
    });
    await routes()['settings.change']({ connections: 2 });
    expect(await routes()['settings.change']({ notifications: false })).toMatchObject({
      connections: 2,
      notifications: false,
    });
    const again = preferencesOf(await openSettings(folder), '');
    expect([again.connections(), again.notifications()]).toEqual([2, false]);
  });

  test('another folder of runs: what stays in the one before is said, and it can be had back', async () => {
    const moved = await routes()['settings.choose_runs']({});
    expect(moved).toMatchObject({
      settings: { runs: { folder: join(folder, 'other'), gone: false, count: 0 } },
      left: { folder: join(folder, 'standard'), count: 1 },
    });
    expect(await routes()['settings.standard_runs']({})).toMatchObject({
      settings: { runs: { folder: join(folder, 'standard'), count: 1 } },
      left: null,
    });
  });

  test('a folder that is gone is said to be', async () => {
    await routes()['settings.choose_runs']({});
    await rm(join(folder, 'other'), { recursive: true });
    expect(await routes()['settings.get']({})).toMatchObject({ runs: { gone: true, count: 0 } });
  });

  test('the folder stays while the person cancels, while it cannot hold runs, and while a job goes on', async () => {
    chosen = null;
    expect(await routes()['settings.choose_runs']({})).toBeNull();
    chosen = ['/etc'];
    await expect(routes()['settings.choose_runs']({})).rejects.toMatchObject(failing('RUNS_FOLDER_UNSUITABLE'));
    chosen = [join(folder, 'other')];
    busy = true;
    await expect(routes()['settings.choose_runs']({})).rejects.toMatchObject(failing('RUNS_FOLDER_BUSY'));
    await expect(routes()['settings.standard_runs']({})).rejects.toMatchObject(failing('RUNS_FOLDER_BUSY'));
    expect(preferences.runsDir()).toBeNull();
  });
});

describe('what was opened last', () => {
  test('is opened again by its id, and no path comes from the page', async () => {
    const path = join(folder, 'a.zip');
    await writeFile(path, '');
    await recents.noteBackup([path]);
    const [first] = await routes()['recent.list']({});
    expect(first).toMatchObject({ names: ['a.zip'], folder });
    expect(await routes()['recent.open']({ id: first?.id ?? '' })).toBe(source);
    expect(taken).toEqual([[path]]);
  });

  test('leaves the list when it is gone', async () => {
    await recents.noteBackup([join(folder, 'gone.zip')]);
    const [first] = await routes()['recent.list']({});
    await expect(routes()['recent.open']({ id: first?.id ?? '' })).rejects.toMatchObject(failing('SOURCE_UNREAD'));
    expect(await routes()['recent.list']({})).toEqual([]);
    expect(taken).toEqual([]);
  });

  test('is cleared', async () => {
    await recents.noteBackup(['/a.zip']);
    await routes()['recent.clear']({});
    expect(await routes()['recent.list']({})).toEqual([]);
  });
});
