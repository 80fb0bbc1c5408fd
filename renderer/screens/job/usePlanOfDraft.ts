import { useEffect } from 'react';
import { useWantsAll } from '../../stores/batch/several.ts';
import { useDraft } from '../../stores/job/draft.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { usePlan } from '../../stores/job/plan.ts';
import { currentRequest, useSource } from '../../stores/job/source.ts';

/** Changes in quick succession make one plan. */
const SETTLE_MS = 250;

/**
 * Keeps the plan of a restore at what is chosen and decided, from the moment that a backup and a calendar are chosen. What
 * was planned for another backup or calendar is gone at once.
 */
export function usePlanOfDraft(): void {
  const draft = useDraft();
  const source = useSource((state) => state.source);
  const pick = useSource((state) => state.pick);
  const reading = useSource((state) => state.reading);
  const all = useWantsAll();
  const deciding = useFlow(({ kind, step }) => kind === 'restore' && (step === 'choose' || step === 'decide'));
  useEffect(() => {
    if (!deciding) return;
    const { plan, planning, request, clear } = usePlan.getState();
    const input = reading || all ? null : currentRequest();
    if (input !== null) request(input, plan === null ? 0 : SETTLE_MS);
    else if (plan !== null || planning) clear();
  }, [draft, source, pick, reading, all, deciding]);
}
