import { chmod, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countRuns, currentRunsDir, folderForRuns, type SystemPlaces } from './runs-folder.ts';

const RUN = '20261128T214614072-2f907379';

let base = '';
let system: SystemPlaces;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'hushcal-runs-')));
  await mkdir(join(base, 'home/runs'), { recursive: true });
  await mkdir(join(base, 'temp'));
  system = { env: {}, platform: 'linux', home: join(base, 'home'), temp: join(base, 'temp') };
});
afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

const refused = (why: RegExp) =>
  expect.objectContaining({
    failure: expect.objectContaining({
      code: 'RUNS_FOLDER_UNSUITABLE',
      message: expect.stringMatching(why) as string,
    }) as unknown,
  }) as Error;

describe('a folder that is chosen for runs', () => {
  test('holds them itself when it is empty, or holds runs already; nothing is left of the try', async () => {
    const folder = join(base, 'home/runs');
    expect(await folderForRuns(folder, system)).toBe(folder);
    expect(await readdir(folder)).toEqual([]);
    await mkdir(join(folder, RUN));
    expect(await folderForRuns(folder, system)).toBe(folder);
    expect(await countRuns(folder)).toBe(1);
  });

  test('gets a folder of their own when other things are in it', async () => {
    const folder = join(base, 'home/runs');
    await writeFile(join(folder, 'letter.txt'), '');
    expect(await folderForRuns(folder, system)).toBe(join(folder, 'Hushcal runs'));
    // Chosen once more it is the same.
    expect(await folderForRuns(join(folder, 'Hushcal runs'), system)).toBe(join(folder, 'Hushcal runs'));
  });

  test.each(['/', '/etc', '/usr/share', '/proc', '/dev/shm', '/bin'])('is not %s', async (folder) => {
    await expect(folderForRuns(folder, system)).rejects.toThrow(refused(/root of a disk|belongs to the system/));
  });

  test('is not a way around to one of the system', async () => {
    await symlink('/etc', join(base, 'home/link'));
    await expect(folderForRuns(join(base, 'home/link'), system)).rejects.toThrow(refused(/belongs to the system/));
  });

  test('is neither the home itself, nor temporary, nor a part of a run, nor without a whole path', async () => {
    await expect(folderForRuns(system.home, system)).rejects.toThrow(refused(/home/));
    await expect(folderForRuns(system.temp, system)).rejects.toThrow(refused(/temporary/));
    await mkdir(join(base, 'home/runs', RUN, 'x'), { recursive: true });
    await expect(folderForRuns(join(base, 'home/runs', RUN), system)).rejects.toThrow(refused(/part of a run/));
    await expect(folderForRuns('runs', system)).rejects.toThrow(refused(/whole path/));
  });

  test('is there, and is a folder', async () => {
    await expect(folderForRuns(join(base, 'home/none'), system)).rejects.toThrow(refused(/not there/));
    await writeFile(join(base, 'home/file'), '');
    await expect(folderForRuns(join(base, 'home/file'), system)).rejects.toThrow(refused(/no folder/));
  });

  // Root may write everywhere.
  test.skipIf(process.getuid?.() === 0)('can be written to', async () => {
    const folder = join(base, 'home/runs');
    await chmod(folder, 0o500);
    await expect(folderForRuns(folder, system)).rejects.toThrow(refused(/can be written/));
  });

  test('on Windows is none of the system either, in any case of letters', async () => {
    const windows = { ...system, platform: 'win32', env: { SystemRoot: join(base, 'home/WINDOWS') }, home: '/nowhere' };
    await mkdir(join(base, 'home/Windows'));
    await expect(folderForRuns(join(base, 'home/Windows'), windows)).rejects.toThrow(refused(/system/));
  });
});

describe('the folder of runs of the command line', () => {
  const keep = (settings: unknown): Promise<void> => writeFile(join(base, 'settings.json'), JSON.stringify(settings));
  const here = () => currentRunsDir({ HUSHCAL_USER_DATA: base });

  test('is the one that was chosen in the window', async () => {
    expect(here()).toBe(join(base, 'runs'));
    await keep({ theme: 'dark', runsDir: join(base, 'home/runs') });
    expect(here()).toBe(join(base, 'home/runs'));
    await keep({ theme: 'dark', runsDir: null });
    expect(here()).toBe(join(base, 'runs'));
  });

  test('is the usual one where settings cannot be read, as for the window', async () => {
    await writeFile(join(base, 'settings.json'), '{ half');
    expect(here()).toBe(join(base, 'runs'));
  });

  test('is not made anew when the chosen one is gone: that would look like no run at all', async () => {
    await keep({ runsDir: join(base, 'gone') });
    expect(here).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'RUNS_FOLDER_GONE' }) as unknown }) as Error,
    );
    expect(await readdir(base)).not.toContain('gone');
  });
});
