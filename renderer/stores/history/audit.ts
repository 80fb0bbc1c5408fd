import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { AuditPage } from '../../../shared/model/kept/audit.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';

interface AuditState {
  readonly page: AuditPage | null;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
}

/** Who did what with the runs of this computer. */
export const useAudit = create<AuditState>()((set) => ({
  page: null,
  failure: null,
  async load() {
    set({ failure: null });
    try {
      set({ page: await call('history.audit', {}) });
    } catch (thrown) {
      set({ failure: toFailure(thrown), page: null });
    }
  },
}));
