import { say } from './say.mjs';

/** What a step came to. Steps that are no test runs count as one. `skipped` names what was not run. */
export function outcome(name, passed, failed, skipped = []) {
  return { name, passed, failed, skipped };
}

export function single(name, isGood) {
  return outcome(name, isGood ? 1 : 0, isGood ? 0 : 1);
}

/** Prints what was skipped by name and, as the last line, `N passed, N failed`. Ends the process. */
export function finish(outcomes) {
  const sum = (key) => outcomes.reduce((total, entry) => total + entry[key], 0);
  const skipped = outcomes.flatMap((entry) => entry.skipped.map((title) => `${entry.name}: ${title}`));
  const failing = outcomes.filter((entry) => entry.failed > 0);
  if (skipped.length > 0) say(`${String(skipped.length)} skipped:\n${skipped.map((title) => `  ${title}`).join('\n')}`);
  if (failing.length > 0) say(`Not good: ${failing.map((entry) => entry.name).join(', ')}`);
  const failed = sum('failed');
  process.stdout.write(`${String(sum('passed'))} passed, ${String(failed)} failed\n`, () => {
    process.exit(failed === 0 ? 0 : 1);
  });
}
