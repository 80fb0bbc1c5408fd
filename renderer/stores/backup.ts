import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import type { PushData, RouteInput } from '../../shared/ipc/contract.ts';
import type { BackupResult } from '../../shared/model/kept/backup.ts';
import { toFailure, type Failure } from '../../shared/model/failure.ts';

export type BackupWhat = RouteInput<'backup.run'>['what'];

interface BackupState {
  /** What the dialog is about; null while it is closed. */
  readonly what: BackupWhat | null;
  /** Its name, for a person. */
  readonly about: string;
  readonly running: boolean;
  readonly progress: PushData<'backup.progress'> | null;
  readonly result: (BackupResult & { readonly path: string }) | null;
  readonly failure: Failure | null;
  readonly open: (what: BackupWhat, about: string) => void;
  /** Whose calendars, and which of them; null: all. */
  readonly choose: (part: { readonly forUser?: string; readonly calendars: readonly string[] | null }) => void;
  readonly show: () => void;
  readonly run: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly close: () => void;
}

export const useBackup = create<BackupState>()((set, get) => ({
  what: null,
  about: '',
  running: false,
  progress: null,
  result: null,
  failure: null,
  open(what, about) {
    set({ what, about, running: false, progress: null, result: null, failure: null });
  },
  choose(part) {
    const { what } = get();
    if (what?.kind === 'server') set({ what: { ...what, ...part } });
  },
  show() {
    // Where there is no file manager, there is nothing to show.
    call('backup.show', {}).catch(() => undefined);
  },
  async run() {
    const { what, running } = get();
    if (what === null || running) return;
    set({ running: true, progress: null, failure: null, result: null });
    try {
      set({ result: await call('backup.run', { what }) });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
    set({ running: false });
  },
  async stop() {
    await call('backup.stop', {});
  },
  close() {
    if (!get().running) set({ what: null });
  },
}));

export function showBackupProgress(progress: PushData<'backup.progress'>): void {
  if (useBackup.getState().running) useBackup.setState({ progress });
}
