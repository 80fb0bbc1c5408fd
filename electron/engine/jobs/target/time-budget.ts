import { createContext, Script } from 'node:vm';
import { HushError } from '../../../../shared/model/failure.ts';

/** Milliseconds that looking through one portion of events may take; it takes a few, but for an expression that explodes. */
const BUDGET = 3_000;

const call = new Script('work()');

/**
 * Runs `work`, which tries a person's regular expressions on texts of strangers. An expression can take longer than the
 * universe is old on a short text, and JavaScript has no other way to end it than this.
 *
 * @throws HushError (fix-input) when it takes too long
 */
export function withinBudget(work: () => void, expressions: readonly string[]): void {
  try {
    call.runInContext(createContext({ work }), { timeout: BUDGET });
  } catch (thrown) {
    // Made in the other context, it is no Error of this one.
    const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;
    if (code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw thrown;
    throw new HushError({
      code: 'INPUT_RULE',
      message: `Looking for ${expressions.join(', ')} takes far too long. Write the regular expression without nested repetitions such as (a+)+.`,
      reaction: 'fix-input',
    });
  }
}
