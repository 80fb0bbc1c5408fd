import { say } from '../say.mjs';

/** What a step came to. Steps that are no test runs count as one. The lists name what was not run, and what failed. */
export function outcome(name, passed, failed, { skipped = [], broken = [] } = {}) {
  return { name, passed, failed, skipped, broken };
}

export function single(name, isGood) {
  return outcome(name, isGood ? 1 : 0, isGood ? 0 : 1);
}

/** Prints what was skipped and what failed, by name, and as the last line `N passed, N failed`. Ends the process. */
export function finish(outcomes) {
  const sum = (key) => outcomes.reduce((total, entry) => total + entry[key], 0);
  const skipped = outcomes.flatMap((entry) => entry.skipped.map((title) => `${entry.name}: ${title}`));
  const failing = outcomes.filter((entry) => entry.failed > 0);
  const broken = failing.flatMap(({ name, broken: titles }) =>
    titles.length === 0 ? [name] : titles.map((title) => `${name}: ${title}`),
  );
  if (skipped.length > 0) say(`${String(skipped.length)} skipped:\n${skipped.map((title) => `  ${title}`).join('\n')}`);
  if (broken.length > 0) say(broken.map((title) => `✗ ${title}`).join('\n'));
  const failed = sum('failed');
  process.stdout.write(`${String(sum('passed'))} passed, ${String(failed)} failed\n`, () => {
    process.exit(failed === 0 ? 0 : 1);
  });
}
