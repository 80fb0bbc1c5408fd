import { session } from 'electron';
import type { MainCalls } from '../ipc/apart/calls.ts';
import type { Desktop, PracticeControl, Preferences, RecentFiles, Secrets } from '../ipc/ports.ts';
import type { Shown } from './busy.ts';
import type { OpenedFiles } from './opened-files.ts';
import { tellUnexpected } from './uncaught-errors.ts';

interface MainParts {
  readonly desktop: Desktop;
  readonly secrets: Secrets;
  readonly preferences: Preferences;
  readonly recents: RecentFiles;
  readonly practice: PracticeControl;
  readonly opened: OpenedFiles;
  readonly busy: Shown;
  readonly send: MainCalls['push'];
}

/** What the main process does for the engine's. */
export function mainCalls(parts: MainParts): MainCalls {
  const { desktop, secrets, preferences, recents, practice, opened, busy, send } = parts;
  return {
    ...desktop,
    progressed: busy.progressed,
    ended: busy.ended,
    readSecret: (id) => secrets.read(id),
    keepSecret: async (id, password, remember) => {
      await secrets.keep(id, password, remember);
      return secrets.where(id);
    },
    forgetSecret: (id) => secrets.forget(id),
    changePreferences: (part) => preferences.change(part),
    setRunsDir: (folder) => preferences.setRunsDir(folder),
    recentBackups: () => recents.backups(),
    recentPaths: (id) => recents.pathsOf(id),
    noteBackup: (paths) => recents.noteBackup(paths),
    forgetBackup: (id) => recents.forgetBackup(id),
    noteServer: (id, label) => recents.noteServer(id, label),
    forgetServer: (id) => recents.forgetServer(id),
    clearRecents: () => recents.clear(),
    systemProxy: (origin) => session.defaultSession.resolveProxy(origin),
    practiceState: () => practice.state(),
    practiceClear: () => practice.clearMessages(),
    practiceReset: () => practice.reset(),
    practiceStart: () => practice.startAgain(),
    openedFiles: (take) => Promise.resolve(take ? opened.take() : opened.waiting),
    push: send,
    unexpected: tellUnexpected,
  };
}
