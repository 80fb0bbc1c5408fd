import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import { useApp } from './app.ts';
import { useRestoreBatch } from './batch/batch.ts';
import { useNavigation } from './batch/navigation.ts';
import { useFind } from './find.ts';
import { useFlow } from './job/flow.ts';
import { useRun } from './job/run.ts';
import { useSource } from './job/source.ts';
import { isGoing } from './sections.ts';

/** What stands in Restore when files are opened from the desktop. */
type InTheWay = 'nothing' | 'prepared' | 'running';

interface OpenedState {
  /** Names of the files that wait; empty while none does. */
  readonly names: readonly string[];
  /** The desktop asked for these: they are opened at once where nothing is thrown away by that. */
  readonly ask: (names: readonly string[]) => void;
  /** Opens what waits in Restore, and puts away what was prepared there. */
  readonly open: () => Promise<void>;
  readonly putAside: () => void;
}

/** Files that were opened from the desktop. */
export const useOpened = create<OpenedState>()((set, get) => ({
  names: [],
  ask(names) {
    set({ names });
    if (names.length > 0 && inTheWay() === 'nothing') void get().open();
  },
  async open() {
    if (get().names.length === 0 || inTheWay() === 'running') return;
    set({ names: [] });
    useApp.getState().go('restore');
    useFind.getState().show(false);
    useRestoreBatch.getState().clear();
    useNavigation.getState().goRestore('one');
    const { kind, step, startOver } = useFlow.getState();
    if (kind !== 'restore' || step !== 'choose' || useSource.getState().source !== null) startOver();
    await useSource.getState().takeOpened();
  },
  putAside() {
    set({ names: [] });
    void call('source.put_aside', {});
  },
}));

/** A run that has ended is in History; everything else in Restore would be lost, or must not be left. */
export function inTheWay(): InTheWay {
  const { runId, snapshot, report } = useRun.getState();
  const batch = useRestoreBatch.getState();
  if ((runId !== null && snapshot.status === null) || isGoing(batch)) return 'running';
  const { kind, step } = useFlow.getState();
  const ended = report !== null || (step === 'run' && snapshot.status !== null);
  if (ended) return 'nothing';
  const { source, reading } = useSource.getState();
  const several = useNavigation.getState().restore !== 'one' && batch.report === null;
  return source !== null || reading || several || kind !== 'restore' || step !== 'choose' ? 'prepared' : 'nothing';
}
