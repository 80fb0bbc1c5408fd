import { create } from 'zustand';
import { call, dropFiles } from '../bridge/client.ts';
import type { SourceSet } from '../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../shared/model/failure.ts';

interface SourceState {
  readonly source: SourceSet | null;
  readonly reading: boolean;
  readonly failure: Failure | null;
  readonly choose: (what: 'files' | 'folder') => Promise<void>;
  readonly drop: (files: readonly File[]) => Promise<void>;
  readonly takeSample: () => Promise<void>;
  readonly clear: () => void;
}

/** The chosen backup and what stands in it. */
export const useSource = create<SourceState>()((set, get) => {
  const read = async (work: () => Promise<SourceSet | null>): Promise<void> => {
    if (get().reading) return;
    set({ reading: true, failure: null });
    try {
      const found = await work();
      // Null: the dialog was closed without a choice; what was chosen before stays.
      set(found === null ? { reading: false } : { source: found, reading: false });
    } catch (thrown) {
      set({ failure: toFailure(thrown), reading: false });
    }
  };
  return {
    source: null,
    reading: false,
    failure: null,
    choose: (what) => read(() => call('source.choose', { what })),
    drop: (files) => read(() => dropFiles(files)),
    takeSample: () => read(() => call('source.sample', {})),
    clear() {
      set({ source: null, failure: null });
    },
  };
});
