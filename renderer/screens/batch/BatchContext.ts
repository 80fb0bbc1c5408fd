import { createContext, useContext } from 'react';
import { useMigrateBatch, type BatchState, type BatchStore } from '../../stores/batch/batch.ts';
import type { Lane } from '../../stores/batch/navigation.ts';

export interface BatchPlace {
  readonly lane: Lane;
  readonly store: BatchStore;
}

/** Which of the two batches a screen shows. */
export const BatchContext = createContext<BatchPlace>({ lane: 'migrate', store: useMigrateBatch });

export function useBatch<T>(select: (state: BatchState) => T): T {
  const { store: useStore } = useContext(BatchContext);
  return useStore(select);
}

export function useLane(): Lane {
  return useContext(BatchContext).lane;
}
