import type { ElectronApplication } from '@playwright/test';

type Evaluate = (work: unknown, argument?: unknown) => Promise<unknown>;

/**
 * Node's inspector, through which Playwright asks the main process, now and then drops the promise of an answer when
 * memory is collected at that moment. That says nothing of the app: what was asked is asked once more. Every other
 * error stays what it is.
 */
export function askAgain(electron: ElectronApplication): void {
  // Its overloads cannot be bound; what is passed through here was checked where it was called.
  const once = electron.evaluate.bind(electron) as Evaluate;
  const evaluate: Evaluate = async (work, argument) => {
    try {
      return await once(work, argument);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('promise was garbage collected')) throw error;
      return once(work, argument);
    }
  };
  Object.assign(electron, { evaluate });
}
