import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import type { DiagnosticsFile } from '../../shared/model/diagnostics.ts';
import type { Failure } from '../../shared/model/failure.ts';
import { tryingFor } from './trying.ts';

interface DiagnosticsState {
  readonly hosts: boolean;
  /** Null while they are gathered. */
  readonly files: readonly DiagnosticsFile[] | null;
  /** Where it was saved last. */
  readonly saved: string | null;
  readonly failure: Failure | null;
  readonly load: (hosts: boolean) => Promise<void>;
  readonly save: () => Promise<void>;
}

/** What may be given to whoever helps, as it will be saved. */
export const useDiagnostics = create<DiagnosticsState>()((set, get) => {
  const guard = tryingFor(set);
  return {
    hosts: false,
    files: null,
    saved: null,
    failure: null,
    load: (hosts) =>
      guard(async () => {
        set({ hosts, files: null, saved: null });
        const { files } = await call('diagnostics.show', { hosts });
        if (get().hosts === hosts) set({ files });
      }),
    save: () =>
      guard(async () => {
        const done = await call('diagnostics.save', { hosts: get().hosts });
        if (done !== null) set({ saved: done.path });
      }),
  };
});
