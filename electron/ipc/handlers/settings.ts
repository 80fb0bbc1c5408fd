import { stat } from 'node:fs/promises';
import type { MovedRuns, SettingsView } from '../../../shared/ipc/settings-routes.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { countRuns, folderForRuns, isThere } from '../../runs-folder.ts';
import type { Ports } from '../ports.ts';
import type { HandlersOf } from '../types.ts';
import type { TakeSource } from './source.ts';

type SettingsPorts = Pick<Ports, 'desktop' | 'preferences' | 'recents'>;

/** @param isBusy whether a job goes on: it writes into the folder of runs */
export function settingsHandlers(
  { desktop, preferences, recents }: SettingsPorts,
  isBusy: () => boolean,
  take: TakeSource,
): HandlersOf<'settings' | 'recent'> {
  const move = async (folder: string | null): Promise<MovedRuns> => {
    if (isBusy()) throw busy();
    const before = folderOf(preferences);
    await preferences.setRunsDir(folder);
    const settings = await view(preferences);
    const count = before === settings.runs.folder ? null : await countRuns(before);
    return { settings, left: count === null || count === 0 ? null : { folder: before, count } };
  };
  return {
    'settings.get': () => view(preferences),
    'settings.change': async (part) => {
      await preferences.change(part);
      return view(preferences);
    },
    'settings.choose_runs': async () => {
      if (isBusy()) throw busy();
      const [chosen] = (await desktop.choosePaths('runs')) ?? [];
      if (chosen === undefined) return null;
      const folder = await folderForRuns(chosen);
      return move(folder === preferences.standardRunsDir ? null : folder);
    },
    'settings.standard_runs': () => move(null),
    'recent.list': async () => [...(await recents.backups())],
    'recent.clear': async () => {
      await recents.clear();
      return {};
    },
    'recent.open': async ({ id }) => {
      const paths = (await recents.pathsOf(id)) ?? [];
      const there = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
      if (paths.length === 0 || there.includes(null)) {
        await recents.forgetBackup(id);
        throw gone();
      }
      const source = await take(paths);
      await recents.noteBackup(paths);
      return source;
    },
  };
}

async function view(preferences: Ports['preferences']): Promise<SettingsView> {
  const folder = folderOf(preferences);
  // The usual one is made with the first run.
  const gone = preferences.runsDir() !== null && !isThere(folder);
  return {
    connections: preferences.connections(),
    notifications: preferences.notifications(),
    runs: { folder, standard: preferences.standardRunsDir, gone, count: await countRuns(folder) },
  };
}

function folderOf(preferences: Ports['preferences']): string {
  return preferences.runsDir() ?? preferences.standardRunsDir;
}

function busy(): HushError {
  return new HushError({
    code: 'RUNS_FOLDER_BUSY',
    message:
      'A job is running and writes into the folder of runs. Wait for its end or stop it, then choose another one.',
    reaction: 'fix-input',
  });
}

function gone(): HushError {
  return new HushError({
    code: 'SOURCE_UNREAD',
    message: 'This backup is not where it was, and was taken out of the list. Choose it where it is now.',
    reaction: 'fix-input',
  });
}
