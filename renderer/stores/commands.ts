import type { Command } from '../../shared/model/shortcuts.ts';
import type { PushData } from '../../shared/ipc/contract.ts';
import { useApp, type AppDialog, type Screen } from './app.ts';
import { useRestoreBatch } from './batch/batch.ts';
import { useNavigation } from './batch/navigation.ts';
import { useFind } from './find.ts';
import { useDraft } from './job/draft.ts';
import { useFlow } from './job/flow.ts';
import { useMissing } from './job/missing.ts';
import { useRun } from './job/run.ts';
import { useSource } from './job/source.ts';
import { isGoing, openSection } from './sections.ts';
import { firstUser, useServers } from './servers.ts';

/** Commands that show something and do nothing else. */
const SHOWS: Readonly<Partial<Record<Command, { readonly screen: Screen } | { readonly dialog: AppDialog }>>> = {
  migrate: { screen: 'migrate' },
  cleanup: { screen: 'cleanup' },
  'go-restore': { screen: 'restore' },
  'go-migrate': { screen: 'migrate' },
  'go-cleanup': { screen: 'cleanup' },
  'go-history': { screen: 'history' },
  'go-servers': { screen: 'servers' },
  'go-practice': { screen: 'practice' },
  settings: { dialog: 'settings' },
  help: { dialog: 'help' },
  shortcuts: { dialog: 'shortcuts' },
  diagnostics: { dialog: 'diagnostics' },
  about: { dialog: 'about' },
};

/** Does what an item of the menu, or its key, asks for. `find` is the page's: it looks for a field. */
export function obey(command: Exclude<Command, 'find'>): void {
  const shown = SHOWS[command];
  if (shown === undefined) {
    if (command === 'new-restore') beginRestore();
    else if (command === 'open-backup' && showChoose()) void useSource.getState().choose('files');
  } else if ('screen' in shown) openSection(shown.screen);
  else useApp.getState().show(shown.dialog);
}

/** Opens what was chosen in *Open recent*: a backup, or a server to restore into. */
export function openRecent({ kind, id }: PushData<'recent.open'>): void {
  if (kind === 'server') {
    const server = useServers.getState().list?.find((entry) => entry.id === id);
    if (server !== undefined && showChoose()) useDraft.getState().chooseServer(id, firstUser(server));
  } else if (showChoose()) void useSource.getState().openRecent(id);
}

/** A restore from its beginning. Where something was decided for another one, a person is asked first. */
function beginRestore(): void {
  if (isRunning()) openSection('restore');
  else if (isUnderWay()) useApp.getState().show('new-restore');
  else restoreAnew();
}

/** Puts the restore on screen aside: its backup, its view, its decisions. Server and calendar stay. */
export function restoreAnew(): void {
  useApp.getState().show(null);
  useRestoreBatch.getState().clear();
  useFlow.getState().startOver();
  useSource.getState().clear();
  closeViews();
}

/** The first step of a restore, with what is chosen there; false where a run is shown instead, which goes on. */
function showChoose(): boolean {
  openSection('restore');
  if (isRunning()) return false;
  const { kind, step, go } = useFlow.getState();
  const ended = useRun.getState().runId !== null || useRestoreBatch.getState().report !== null;
  if (ended || kind !== 'restore') restoreAnew();
  else if (step !== 'choose') go('choose');
  useNavigation.getState().goRestore('one');
  closeViews();
  return true;
}

function closeViews(): void {
  useFind.getState().show(false);
  useMissing.getState().show(false);
}

function isRunning(): boolean {
  const { runId, snapshot } = useRun.getState();
  return isGoing(useRestoreBatch.getState()) || (runId !== null && snapshot.status === null);
}

/** Something was decided that beginning anew would throw away. */
function isUnderWay(): boolean {
  const { step } = useFlow.getState();
  const several = useNavigation.getState().restore === 'review';
  return several || ((step === 'decide' || step === 'review') && useRun.getState().runId === null);
}
