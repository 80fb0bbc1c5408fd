import type { StoreApi } from 'zustand';

/** Stores as they are when the window opens. Tests of one process share them, whichever file they stand in. */
export function toFirstState(...stores: readonly Pick<StoreApi<object>, 'getInitialState' | 'setState'>[]): void {
  for (const store of stores) store.setState(store.getInitialState(), true);
}
