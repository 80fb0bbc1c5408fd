import { createContext, Script } from 'node:vm';
import { HushError } from '../../../../shared/model/failure.ts';

/** Milliseconds that looking through one portion of events may take; it takes a few, but for an expression of thousands of states. */
const BUDGET = 3_000;

const call = new Script('work()');

/**
 * Runs `work`, which tries a person's regular expressions on texts of strangers. Their engine takes the same time for every
 * character (plan/expression.ts), but for each state of the expression, too, and of these there may be thousands.
 *
 * @throws HushError (fix-input) when it takes too long
 */
export function withinBudget(work: () => void, expressions: readonly string[], budget = BUDGET): void {
  try {
    call.runInContext(createContext({ work }), { timeout: budget });
  } catch (thrown) {
    // Made in the other context, it is no Error of this one.
    const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;
    if (code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw thrown;
    throw new HushError({
      code: 'INPUT_RULE',
      message: `Looking for ${expressions.join(', ')} takes far too long. Write the regular expression with smaller repetitions (a{900} is a large one).`,
      reaction: 'fix-input',
    });
  }
}
