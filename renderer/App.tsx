import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import type { JSX } from 'react';
import { InterruptedBanner } from './components/frame/InterruptedBanner.tsx';
import { OpenedBand } from './components/frame/OpenedBand.tsx';
import { LiveBand } from './components/frame/LiveBand.tsx';
import { DropHint } from './components/frame/DropHint.tsx';
import { TourDialog } from './components/tour/TourDialog.tsx';
import { AboutDialog } from './components/dialogs/AboutDialog.tsx';
import { DiagnosticsDialog } from './components/dialogs/DiagnosticsDialog.tsx';
import { HelpDialog } from './components/dialogs/HelpDialog.tsx';
import { NewRestoreDialog } from './components/dialogs/NewRestoreDialog.tsx';
import { SettingsDialog } from './components/dialogs/SettingsDialog.tsx';
import { ShortcutsDialog } from './components/dialogs/ShortcutsDialog.tsx';
import { JobNoteDialog } from './components/note/JobNoteDialog.tsx';
import { Notice } from './components/Notice.tsx';
import { ResumeConsent } from './components/ResumeConsent.tsx';
import { Rail } from './components/frame/Rail.tsx';
import { HistoryScreen } from './screens/history/HistoryScreen.tsx';
import { PracticeScreen } from './screens/practice/PracticeScreen.tsx';
import { BackupDialog } from './screens/backup/BackupDialog.tsx';
import { CleanupScreen } from './screens/cleanup/CleanupScreen.tsx';
import { JobScreen } from './screens/job/JobScreen.tsx';
import { MigrateScreen } from './screens/migrate/MigrateScreen.tsx';
import { ServersScreen } from './screens/servers/ServersScreen.tsx';
import { useApp, type Screen } from './stores/app.ts';
import { useFind } from './stores/find.ts';
import { useFlow } from './stores/job/flow.ts';
import { useCleanupBatch, useMigrateBatch, useRestoreBatch } from './stores/batch/batch.ts';
import { useHistory } from './stores/history/history.ts';
import { useNavigation } from './stores/batch/navigation.ts';
import { useRun } from './stores/job/run.ts';
import { useFocusKeeper } from './components/frame/useFocusKeeper.ts';
import { useCommands } from './components/frame/useCommands.ts';
import { useDesktopHabits } from './components/frame/useDesktopHabits.ts';
import { useFocusOnChange } from './components/frame/useFocusOnChange.ts';
import { theme, tokenVariables } from './theme.ts';
import frame from './components/frame/frame.module.css';
import styles from './App.module.css';

export function App(): JSX.Element {
  const chosen = useApp((state) => state.theme);
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={tokenVariables}
      forceColorScheme={chosen === 'system' ? system : chosen}
    >
      <Window />
    </MantineProvider>
  );
}

function Window(): JSX.Element {
  const screen = useApp((state) => state.screen);
  const failure = useApp((state) => state.failure);
  const step = useFlow((state) => state.step);
  const ended = useRun((state) => state.report !== null);
  const opened = useHistory((state) => state.openId);
  const finding = useFind((state) => state.open);
  const migrate = useNavigation((state) => state.migrate);
  const cleanup = useNavigation((state) => state.cleanup);
  const restore = useNavigation((state) => state.restore);
  const restored = useRestoreBatch((state) => state.report !== null);
  const moved = useMigrateBatch((state) => state.report !== null);
  const cleaned = useCleanupBatch((state) => state.report !== null);
  useFocusKeeper();
  useDesktopHabits();
  useCommands();
  useFocusOnChange(
    [
      screen,
      step,
      String(finding),
      String(ended),
      opened ?? '',
      migrate,
      cleanup,
      restore,
      String(moved),
      String(cleaned),
      String(restored),
    ].join(' '),
  );
  return (
    <div className={styles.window}>
      <a className={styles.skipLink} href="#page">
        Skip to the page
      </a>
      <Rail />
      <div className={styles.stage}>
        <LiveBand />
        <InterruptedBanner />
        <OpenedBand />
        {failure === null ? <ScreenOf screen={screen} /> : <StartFailure />}
      </div>
      <DropHint />
      <HelpDialog />
      <ShortcutsDialog />
      <SettingsDialog />
      <DiagnosticsDialog />
      <AboutDialog />
      <NewRestoreDialog />
      <TourDialog />
      <BackupDialog />
      <ResumeConsent />
      <JobNoteDialog />
    </div>
  );
}

function StartFailure(): JSX.Element {
  const failure = useApp((state) => state.failure);
  const load = useApp((state) => state.load);
  return (
    <main className={frame.page} id="page" tabIndex={-1}>
      <div className={frame.body}>
        {failure !== null && <Notice failure={failure} action={{ label: 'Try again', run: () => void load() }} />}
      </div>
    </main>
  );
}

function ScreenOf({ screen }: { readonly screen: Screen }): JSX.Element {
  switch (screen) {
    case 'restore':
      return <JobScreen />;
    case 'migrate':
      return <MigrateScreen />;
    case 'cleanup':
      return <CleanupScreen />;
    case 'history':
      return <HistoryScreen />;
    case 'servers':
      return <ServersScreen />;
    case 'practice':
      return <PracticeScreen />;
  }
}
