import { toFailure, type Failure } from '../../shared/model/failure.ts';

/** Runs work whose failure is for the screen that asked for it. Never rejects. */
type Trying = (work: () => Promise<void>) => Promise<void>;

/** Work for one store: what failed before is forgotten when new work begins, what fails now is kept in `failure`. */
export function tryingFor(set: (part: { readonly failure: Failure | null }) => void): Trying {
  return async (work) => {
    set({ failure: null });
    try {
      await work();
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  };
}
