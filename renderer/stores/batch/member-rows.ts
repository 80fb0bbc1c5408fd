import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';

interface MemberRowsState {
  /** The batch's plan and the member that is open. */
  readonly batchPlan: string | null;
  readonly member: number | null;
  /** The plan of that member; null until it is open. */
  readonly planId: string | null;
  /** Its rows. */
  readonly total: number;
  readonly failure: Failure | null;
  readonly open: (batchPlan: string, member: number) => Promise<void>;
  readonly close: () => void;
}

const CLOSED = { batchPlan: null, member: null, planId: null, total: 0, failure: null } as const;

/** The plan of one calendar of a batch that waits for consent. */
export const useMemberRows = create<MemberRowsState>()((set, get) => ({
  ...CLOSED,
  async open(batchPlan, member) {
    get().close();
    set({ batchPlan, member });
    const isOpen = (): boolean => get().member === member && get().batchPlan === batchPlan;
    try {
      const { planId, summary } = await call('batch.open', { planId: batchPlan, member });
      if (isOpen()) set({ planId, total: Object.values(summary.counts).reduce((sum, count) => sum + count, 0) });
      else letGo(planId);
    } catch (thrown) {
      if (isOpen()) set({ failure: toFailure(thrown) });
    }
  },
  close() {
    const { planId } = get();
    if (planId !== null) letGo(planId);
    set(CLOSED);
  },
}));

function letGo(planId: string): void {
  call('plan.discard', { planId }).catch(() => undefined);
}
