import { openNetwork } from '../../engine/engine.ts';
import type { Remote } from '../../processes/calls.ts';
import type {
  Desktop,
  PasswordPlace,
  Ports,
  Practice,
  Preferences,
  PreferencesNow,
  RecentFiles,
  Secrets,
} from '../ports.ts';
import { PRACTICE_SAMPLES } from '../samples.ts';
import type { EngineStart, MainCalls, PracticeNow } from './calls.ts';

type Main = Remote<MainCalls>;

/** The ports of the handlers where Electron is in another process. `practice` is what was heard of it last. */
export function remotePorts(
  main: Main,
  { secrets }: Pick<EngineStart, 'secrets'>,
  here: Pick<Ports, 'engine' | 'book' | 'preferences' | 'drops' | 'tempDir' | 'userData'>,
  practice: () => PracticeNow,
): Ports {
  return {
    ...here,
    desktop: remoteDesktop(main),
    secrets: remoteSecrets(main, secrets),
    recents: remoteRecents(main),
    practice: remotePractice(main, practice),
    opened: (take) => main.ask('openedFiles', take),
    openNetwork: (spec, passwords) =>
      openNetwork(spec, {
        env: process.env,
        systemProxy: (origin) => main.ask('systemProxy', origin),
        ...passwords,
      }),
  };
}

/** Settings are the main process's; what is asked in passing is known here. */
export function remotePreferences(main: Main, start: PreferencesNow): Preferences {
  let now = start;
  return {
    connections: () => now.connections,
    notifications: () => now.notifications,
    change: async (part) => {
      await main.ask('changePreferences', part);
      const { connections = now.connections, notifications = now.notifications } = part;
      now = { ...now, connections, notifications };
    },
    runsDir: () => now.runsDir,
    setRunsDir: async (runsDir) => {
      await main.ask('setRunsDir', runsDir);
      now = { ...now, runsDir };
    },
    standardRunsDir: start.standardRunsDir,
  };
}

function remoteRecents(main: Main): RecentFiles {
  return {
    backups: () => main.ask('recentBackups'),
    pathsOf: (id) => main.ask('recentPaths', id),
    noteBackup: (paths) => main.ask('noteBackup', paths),
    forgetBackup: (id) => main.ask('forgetBackup', id),
    noteServer: (id, label) => main.ask('noteServer', id, label),
    forgetServer: (id) => main.ask('forgetServer', id),
    clear: () => main.ask('clearRecents'),
  };
}

function remoteDesktop(main: Main): Desktop {
  return {
    info: () => main.ask('info'),
    noteIntroduced: () => main.ask('noteIntroduced'),
    setTheme: (theme) => main.ask('setTheme', theme),
    choosePaths: (what) => main.ask('choosePaths', what),
    chooseTarget: (name, format) => main.ask('chooseTarget', name, format),
    printPdf: (html) => main.ask('printPdf', html),
    showInFolder: (path) => {
      main.tell('showInFolder', path);
    },
    mayWrite: () => main.ask('mayWrite'),
  };
}

/** Passwords stay where the keychain is: one comes over when it is needed. Where each is kept is known here. */
function remoteSecrets(main: Main, { store, reason, places }: EngineStart['secrets']): Secrets {
  const known = new Map<string, PasswordPlace>(places);
  return {
    store,
    reason,
    places: () => known,
    where: (id) => known.get(id) ?? 'missing',
    keep: async (id, password, remember) => {
      known.set(id, await main.ask('keepSecret', id, password, remember));
    },
    read: (id) => main.ask('readSecret', id),
    forget: async (id) => {
      known.delete(id);
      await main.ask('forgetSecret', id);
    },
  };
}

function remotePractice(main: Main, now: () => PracticeNow): Practice {
  return {
    connection: () => now().connection,
    trouble: () => now().trouble,
    state: () => main.ask('practiceState'),
    clearMessages: () => main.ask('practiceClear'),
    reset: () => main.ask('practiceReset'),
    startAgain: () => main.ask('practiceStart'),
    ...PRACTICE_SAMPLES,
  };
}
