import { create } from 'zustand';
import { useBatches } from '../batch/batches.ts';
import { sortEntries, type ListEntry } from './history-list.ts';
import { useHistory } from './history.ts';

interface DismissedState {
  readonly dismissed: ReadonlySet<string>;
  readonly dismiss: (id: string) => void;
}

/** Interrupted jobs that a person has put aside until the next start. */
export const useDismissed = create<DismissedState>()((set, get) => ({
  dismissed: new Set(),
  dismiss(id) {
    set({ dismissed: new Set(get().dismissed).add(id) });
  },
}));

/** Jobs that the end of a process interrupted, newest first. What a person stopped is not among them. */
function interruptedIn(entries: readonly ListEntry[]): readonly ListEntry[] {
  return entries.filter((entry) => {
    const { status, running } = entry.kind === 'run' ? entry.run : entry.batch;
    return status === 'interrupted' && !running && (entry.kind === 'run' || entry.batch.canResume);
  });
}

export function useInterrupted(): readonly ListEntry[] {
  const runs = useHistory((state) => state.runs);
  const batches = useBatches((state) => state.list);
  const dismissed = useDismissed((state) => state.dismissed);
  // The runs of a batch stand under it: without the batches they would be taken for runs of their own.
  if (runs === null || batches === null) return [];
  return interruptedIn(sortEntries(runs, batches)).filter(({ id }) => !dismissed.has(id));
}
