import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PushData } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { TestedRow } from '../../../shared/model/batch/mapping-view.ts';
import { useMapping } from './mapping.ts';

/** `asks`: before anything is written; `tries`: test events are under way; `ended`: all are done, or were stopped. */
type Phase = 'closed' | 'asks' | 'tries' | 'ended';

interface MappingCanaryState {
  readonly phase: Phase;
  /** Rows of the mapping that are to be tried. */
  readonly rows: readonly number[];
  readonly done: number;
  readonly of: number;
  readonly tested: readonly TestedRow[];
  readonly failure: Failure | null;
  readonly ask: (rows: readonly number[]) => void;
  /** Writes the test events; the mapping is checked anew with what they showed. */
  readonly fly: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly close: () => void;
}

/** Test events for rows that are blocked until one shows that the server keeps quiet. None flies before a person said so. */
export const useMappingCanary = create<MappingCanaryState>()((set, get) => ({
  phase: 'closed',
  rows: [],
  done: 0,
  of: 0,
  tested: [],
  failure: null,
  ask(rows) {
    set({ phase: 'asks', rows, done: 0, of: rows.length, tested: [], failure: null });
  },
  async fly() {
    const mappingId = useMapping.getState().view?.mappingId;
    if (mappingId === undefined || get().phase !== 'asks') return;
    set({ phase: 'tries', failure: null });
    try {
      const { rows } = await call('mapping.canary', { mappingId, rows: [...get().rows] });
      set({ phase: 'ended', tested: rows });
      if (rows.length > 0) void useMapping.getState().check();
    } catch (thrown) {
      set({ phase: 'ended', failure: toFailure(thrown) });
    }
  },
  async stop() {
    await useMapping.getState().stopCheck();
  },
  close() {
    if (get().phase !== 'tries') set({ phase: 'closed' });
  },
}));

/** Takes over how far the test events are; only of the mapping on screen. */
export function showTested({ mappingId, done, of, rows }: PushData<'mapping.tested'>): void {
  const { phase, tested } = useMappingCanary.getState();
  if (phase !== 'tries' || useMapping.getState().view?.mappingId !== mappingId) return;
  useMappingCanary.setState({ done, of, tested: [...tested, ...rows] });
}
